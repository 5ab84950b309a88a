/** What the menu says of a story before it is fetched. */
export interface StoryCard {
  readonly id: string;
  readonly title: string;
  readonly lesson: string;
  /** The preset of its first step. */
  readonly firstStep: string;
}

interface StoryGroup {
  readonly title: string;
  readonly stories: readonly StoryCard[];
}

const PUBLISHED_CASES: readonly StoryCard[] = [
  {
    id: "heroku-pooling",
    title: "Connection pooling on Heroku",
    lesson:
      "Threads want connections, and the database refuses above a limit; a pooler turns failures into a short wait.",
    firstStep: "heroku-pooling.a1",
  },
  {
    id: "fewer-servers",
    title: "Fewer servers with threads and calmer alarms",
    lesson:
      "Alarms on a number that more servers cannot change keep a fleet at its maximum; what mostly waits needs threads, not servers.",
    firstStep: "fewer-servers.b0",
  },
  {
    id: "aurora-failover",
    title: "Aurora, readers and failover",
    lesson:
      "Each part that grows by itself moves the bottleneck to the next, and connections that live long keep traffic where it no longer belongs.",
    firstStep: "aurora-failover.c1",
  },
  {
    id: "traffic-spike",
    title: "A spike of visitors",
    lesson:
      "The arithmetic of threads is only the first limit: the edge, the database's connections and memory, and one kind of request that outnumbers all others come next.",
    firstStep: "traffic-spike.d1",
  },
  {
    id: "five-million",
    title: "Five million requests a minute on Aurora MySQL",
    lesson:
      "Connections first, then the instance, then read replicas; writes stay with one writer, and only fewer and cheaper queries help there.",
    firstStep: "five-million.e1",
  },
];

const STARTING_POINTS: readonly StoryCard[] = [
  {
    id: "small-rails",
    title: "A small Rails app on Heroku",
    lesson: "Waiting begins long before all threads are busy, so a fleet needs room above its busiest hour.",
    firstStep: "small-rails.1",
  },
  {
    id: "puma-on-aws",
    title: "Puma clusters on AWS",
    lesson:
      "A Ruby process computes on one processor however many threads it has: processes use the processors, threads fill the waits.",
    firstStep: "puma-on-aws.1",
  },
  {
    id: "node-pool",
    title: "Node with a pool of 5",
    lesson:
      "A Node process takes any number of requests, but its pool lets five at a time to the database: everything looks idle, and answers are slow.",
    firstStep: "node-pool.1",
  },
  {
    id: "pooler-modes",
    title: "A pooler in session and in transaction mode",
    lesson:
      "In session mode a client keeps its server connection as long as it is connected, so clients that stay connected share nothing; transaction mode lends one for each transaction.",
    firstStep: "pooler-modes.1",
  },
  {
    id: "retry-storm-trap",
    title: "A retry storm that does not end",
    lesson:
      "Retries multiply the load just when there is too much of it: a short slowdown becomes an outage that stays after its cause has gone.",
    firstStep: "retry-storm-trap.1",
  },
  {
    id: "heartbeats",
    title: "A thundering herd of heartbeats",
    lesson:
      "Clients that all send at the same moment fill a system that is idle on average; spreading them over a few seconds mends it without a server more.",
    firstStep: "heartbeats.1",
  },
  {
    id: "pool-below-threads",
    title: "A pool smaller than its threads",
    lesson:
      "Threads without a connection only wait: a pool needs as many connections as the process has threads.",
    firstStep: "pool-below-threads.1",
  },
  {
    id: "slow-third-parties",
    title: "Round-robin and slow third parties",
    lesson:
      "Round-robin gives every server the same number of requests, also one whose threads are held by slow calls; counting what is outstanding sends them where there is room.",
    firstStep: "slow-third-parties.1",
  },
];

/** The stories as the menu shows them. */
export const STORY_GROUPS: readonly StoryGroup[] = [
  { title: "Stories: published cases, step by step", stories: PUBLISHED_CASES },
  { title: "Starting points: one lesson each", stories: STARTING_POINTS },
];
