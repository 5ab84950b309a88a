/** What the menu says of a story before it is fetched. */
export interface StoryCard {
  readonly id: string;
  readonly title: string;
  readonly lesson: string;
  /** The preset of its first step. */
  readonly firstStep: string;
}

/** The stories, in the order of the menu. */
export const STORY_CARDS: readonly StoryCard[] = [
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
