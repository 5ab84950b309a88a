/** The field's words, each with its one-line meaning. The page shows them on focus, hover or tap. */
export const GLOSSARY = {
  throughput: {
    term: "Throughput",
    meaning: "Successful answers per second in the measured part of the run.",
  },
  latency: { term: "Latency", meaning: "From the client's send to the last byte of the answer." },
  p50: {
    term: "p50",
    meaning: "The median latency: half of the successful requests were at least this fast.",
  },
  p95: { term: "p95", meaning: "95 of 100 successful requests were at least this fast; 5 were slower." },
  p99: { term: "p99", meaning: "99 of 100 successful requests were at least this fast; 1 was slower." },
  queueTime: {
    term: "Queue time",
    meaning:
      "How long a request waits at the balancer and the dyno until a thread takes it. Its p95 is shown.",
  },
  failureRate: {
    term: "Failures",
    meaning: "The share of finished requests that ended in an error instead of an answer.",
  },
  cost: { term: "Monthly cost", meaning: "Dynos and database at list price, for a month of 730 hours." },
  interval: {
    term: "±",
    meaning: "Half of the 95 % interval: what another set of random draws could change about the figure.",
  },
  baseline: {
    term: "Baseline",
    meaning:
      "A run you pinned. Figures show the difference from it, and every chart draws it as a faint line.",
  },
  closedTraffic: {
    term: "Closed traffic",
    meaning:
      "A fixed number of clients. Each waits for its answer before it sends again, so a slow system gets less.",
  },
  openTraffic: {
    term: "Open traffic",
    meaning: "Requests arrive at their own rate, whether or not earlier ones were answered.",
  },
  thinkTime: {
    term: "Think time",
    meaning: "How long a client pauses between an answer and its next request.",
  },
  dyno: {
    term: "Dyno",
    meaning: "One container that runs the application, with its own processor share and memory.",
  },
  thread: { term: "Thread", meaning: "Serves one request at a time, waiting for the database included." },
  process: {
    term: "Process",
    meaning: "A copy of the application in a dyno. It has its own threads and its own pool.",
  },
  backlog: {
    term: "Backlog",
    meaning: "How many requests may wait at one dyno before further ones are refused.",
  },
  pool: {
    term: "Connection pool",
    meaning: "Database connections that a process keeps and lends to its threads.",
  },
  checkout: {
    term: "Checkout",
    meaning: "Taking a connection out of the pool, or waiting for one to come back.",
  },
  hold: {
    term: "Hold",
    meaning: "Whether a request keeps its connection to its end or gives it back after each query.",
  },
  reaping: { term: "Reaping", meaning: "Closing connections that have been idle in the pool for too long." },
  pooler: {
    term: "Pooler",
    meaning:
      "A program between application and database (PgBouncer) that shares few connections among many clients.",
  },
  serverConnections: {
    term: "Server connections",
    meaning: "The pooler's connections to the database. Each runs one query at a time.",
  },
  connectionLimit: {
    term: "Connection limit",
    meaning: "How many connections a database accepts. A further one is refused at once.",
  },
  balancer: { term: "Balancer", meaning: "Decides which dyno gets the next request." },
  timeout: {
    term: "Router timeout",
    meaning: "After this the client gets an error. The dyno does not notice and works on.",
  },
  distribution: { term: "Distribution", meaning: "How a duration varies from request to request." },
  cv: {
    term: "cv",
    meaning: "Coefficient of variation: the standard deviation divided by the mean. 0 is constant.",
  },
  warmup: { term: "Warm-up", meaning: "The first part of a run, which is simulated but not counted." },
  seed: {
    term: "Seed",
    meaning: "Chooses the random draws. The same seed gives the same numbers everywhere.",
  },
  replication: {
    term: "Replication",
    meaning: "The same run with other random draws. From several the interval of each figure is computed.",
  },
  objective: { term: "Objective", meaning: "What you promise: upper bounds that the run must stay under." },
  contention: {
    term: "Contention",
    meaning: "How much each further active connection slows the database's processors down.",
  },
  burst: {
    term: "Burst",
    meaning:
      "Many requests at almost the same moment, again and again, as from clients that wake by a clock.",
  },
  replay: {
    term: "Replay",
    meaning:
      "Requests as they were recorded, each at its own time and with its own durations. Nothing is drawn.",
  },
  journey: {
    term: "Journey",
    meaning: "A visit of several requests in order. One that fails ends it.",
  },
  givesUp: {
    term: "Give up",
    meaning: "The client leaves without an answer. The server does not notice and works on: wasted work.",
  },
  retryStorm: {
    term: "Retry storm",
    meaning:
      "Failures are sent again, which adds load just when there is too much, and so makes more failures.",
  },
  backoff: {
    term: "Backoff",
    meaning: "The wait before a failed request is sent again, longer after each further failure.",
  },
  jitter: {
    term: "Jitter",
    meaning: "Waits of random length, so that clients that failed together do not come back together.",
  },
  nPlusOne: {
    term: "N+1",
    meaning: "The same query once for each row of another, where one query could have fetched them all.",
  },
  ownLine: {
    term: "Balancer's own line",
    meaning: "Requests wait at the balancer for any dyno to be free, instead of each behind one dyno.",
  },
  gvl: {
    term: "Runtime and GVL",
    meaning:
      "Ruby's and Python's global lock lets one thread of a process compute at a time; waiting needs no lock.",
  },
  processorSharing: {
    term: "Processor sharing",
    meaning: "All that compute get an equal part of the processors at once, so each takes longer.",
  },
  sessionMode: {
    term: "Transaction and session mode",
    meaning:
      "A pooler lends a server connection for each query, or gives it to a client for as long as that is connected.",
  },
  replica: {
    term: "Replica",
    meaning: "A copy of the database that answers reads. Every write costs it processor time too.",
  },
  replicaLag: {
    term: "Replica lag",
    meaning: "How far a replica is behind the primary. Who reads their own write sooner may not see it.",
  },
  dnsRouting: {
    term: "Replica routing",
    meaning:
      "By DNS a connection keeps the replica it was opened to, so a new replica gets no traffic until others close.",
  },
} as const satisfies Record<string, { readonly term: string; readonly meaning: string }>;

export type GlossaryKey = keyof typeof GLOSSARY;
