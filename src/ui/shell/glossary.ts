/** The one-line meanings of the field's words. The page shows them on focus, hover or tap, and fetches them then. */
export const GLOSSARY = {
  throughput: "Successful answers per second in the measured part of the run.",
  latency: "From the client's send to the last byte of the answer.",
  p50: "The median latency: half of the successful requests were at least this fast.",
  p95: "95 of 100 successful requests were at least this fast; 5 were slower.",
  p99: "99 of 100 successful requests were at least this fast; 1 was slower.",
  queueTime:
    "How long a request waits at the balancer and the dyno until a thread takes it. Its p95 is shown.",
  failureRate: "The share of finished requests that ended in an error instead of an answer.",
  cost: "Dynos and database at list price, for a month of 730 hours.",
  interval: "Half of the 95 % interval: what another set of random draws could change about the figure.",
  baseline:
    "A run you pinned. Figures show the difference from it, and every chart draws it as a faint line.",
  closedTraffic:
    "A fixed number of clients. Each waits for its answer before it sends again, so a slow system gets less.",
  openTraffic: "Requests arrive at their own rate, whether or not earlier ones were answered.",
  thinkTime: "How long a client pauses between an answer and its next request.",
  dyno: "One container that runs the application, with its own processor share and memory.",
  thread: "Serves one request at a time, waiting for the database included.",
  process: "A copy of the application in a dyno. It has its own threads and its own pool.",
  backlog: "How many requests may wait at one dyno before further ones are refused.",
  pool: "Database connections that a process keeps and lends to its threads.",
  checkout: "Taking a connection out of the pool, or waiting for one to come back.",
  hold: "Whether a request keeps its connection to its end or gives it back after each query.",
  reaping: "Closing connections that have been idle in the pool for too long.",
  pooler:
    "A program between application and database (PgBouncer) that shares few connections among many clients.",
  serverConnections: "The pooler's connections to the database. Each runs one query at a time.",
  connectionLimit: "How many connections a database accepts. A further one is refused at once.",
  balancer: "Decides which dyno gets the next request.",
  timeout: "After this the client gets an error. The dyno does not notice and works on.",
  distribution: "How a duration varies from request to request.",
  cv: "Coefficient of variation: the standard deviation divided by the mean. 0 is constant.",
  warmup: "The first part of a run, which is simulated but not counted.",
  seed: "Chooses the random draws. The same seed gives the same numbers everywhere.",
  replication: "The same run with other random draws. From several the interval of each figure is computed.",
  objective: "What you promise: upper bounds that the run must stay under.",
  contention: "How much each further active connection slows the database's processors down.",
  burst: "Many requests at almost the same moment, again and again, as from clients that wake by a clock.",
  replay:
    "Requests as they were recorded, each at its own time and with its own durations. Nothing is drawn.",
  journey: "A visit of several requests in order. One that fails ends it.",
  givesUp: "The client leaves without an answer. The server does not notice and works on: wasted work.",
  retryStorm:
    "Failures are sent again, which adds load just when there is too much, and so makes more failures.",
  backoff: "The wait before a failed request is sent again, longer after each further failure.",
  jitter: "Waits of random length, so that clients that failed together do not come back together.",
  nPlusOne: "The same query once for each row of another, where one query could have fetched them all.",
  ownLine: "Requests wait at the balancer for any dyno to be free, instead of each behind one dyno.",
  gvl: "Ruby's and Python's global lock lets one thread of a process compute at a time; waiting needs no lock.",
  processorSharing: "All that compute get an equal part of the processors at once, so each takes longer.",
  sessionMode:
    "A pooler lends a server connection for each query, or gives it to a client for as long as that is connected.",
  replica: "A copy of the database that answers reads. Every write costs it processor time too.",
  replicaLag: "How far a replica is behind the primary. Who reads their own write sooner may not see it.",
  dnsRouting:
    "By DNS a connection keeps the replica it was opened to, so a new replica gets no traffic until others close.",
} as const satisfies Record<string, string>;

export type GlossaryKey = keyof typeof GLOSSARY;
