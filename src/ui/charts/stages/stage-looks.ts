import type { Stage } from "../../../analysis/result-types";

/** How a stage of a request looks and is called wherever time is taken apart. */
export interface StageLook {
  /** Short, for legends, bars and tables. */
  readonly label: string;
  /** What the request is doing, as it follows "62 % is". */
  readonly doing: string;
  /** One line for the glossary. */
  readonly meaning: string;
  /** A custom property. */
  readonly color: string;
  /**
   * Lines over the colour, as a path in a tile of 8 × 8: waiting is hatched, work is plain, so that the two can be told
   * apart without colour.
   */
  readonly hatch: string | null;
}

const RISING = "M-2,2l4,-4M0,8l8,-8M6,10l4,-4";
const FALLING = "M-2,6l4,4M0,0l8,8M6,-2l4,4";

/** In the order a request meets them. */
export const STAGE_LOOKS: Readonly<Record<Stage, StageLook>> = {
  queue: {
    label: "waiting for a thread",
    doing: "waiting for a thread",
    meaning: "At the balancer and in the dyno's line, until a thread takes the request.",
    color: "var(--chart-2)",
    hatch: RISING,
  },
  cpu: {
    label: "computing",
    doing: "computing",
    meaning: "Processor steps of the application, as long as they take with a processor to themselves.",
    color: "var(--chart-1)",
    hatch: null,
  },
  cpuWait: {
    label: "waiting for a processor",
    doing: "waiting for a processor",
    meaning: "What processor steps take longer because other threads compute too, or the dyno swaps.",
    color: "var(--chart-6)",
    hatch: FALLING,
  },
  wait: {
    label: "other waiting",
    doing: "waiting for other services",
    meaning: "Waiting steps, such as calls to other services: the thread is held and computes nothing.",
    color: "var(--chart-5)",
    hatch: null,
  },
  checkout: {
    label: "waiting for a connection",
    doing: "waiting for a pooled connection",
    meaning: "Until the pool of the process lends a connection: all of them are in use by other threads.",
    color: "var(--chart-4)",
    hatch: "M2,0v8M6,0v8",
  },
  connect: {
    label: "connecting",
    doing: "opening connections",
    meaning: "Opening a new connection, to the database or to the pooler.",
    color: "var(--chart-8)",
    hatch: `${RISING}${FALLING}`,
  },
  pooler: {
    label: "pooler",
    doing: "waiting in the pooler",
    meaning: "Passing the pooler, and waiting there for a connection to the database.",
    color: "var(--chart-7)",
    hatch: "M0,2h8M0,6h8",
  },
  query: {
    label: "query",
    doing: "running queries",
    meaning: "Queries, as long as they take on an idle database.",
    color: "var(--chart-3)",
    hatch: null,
  },
  queryWait: {
    label: "busy database",
    doing: "waiting for a busy database",
    meaning: "What queries take longer because the database's processors are shared with other queries.",
    color: "var(--chart-9)",
    hatch: "M2,1v2M6,5v2",
  },
};
