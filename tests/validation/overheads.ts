import type { ValidationOverhead } from "../../src/analysis/validation-report";
import { readScenario } from "../../src/scenario/read-scenario";
import type { Duration, Endpoint, Scenario, Workload } from "../../src/scenario/types";
import { hasOwnLine } from "./lab-rules";

/*
 * What the test bench spends beside the durations that a scenario names. One set of constants for all trials and traces: none of them was fitted to a single trial.
 */

/** From the answer of one request to the start of the next by the same thread, beyond the durations. Found by whoever measured, in replays of the traces. */
const THREAD_MS = 0.4;
/** What a thread is taken longer still by a request that queries the database: checking a connection out and in, the protocol, the result. */
const DATABASE_CLIENT_MS = 0.25;
/** A request without any sleep, from the client and back, on the idle stack. */
const IDLE_STACK_MS = 0.94;
/** Of that, from the balancer to the start of work. */
const BEFORE_WORK_MS = 0.37;
/** What PgBouncer adds to a query. */
const POOLER_MS = 0.06;
/** `pg_sleep(5)` takes 5.2 ms: what a query takes beyond the whole milliseconds that PostgreSQL sleeps. */
const QUERY_MS = 0.2;

/** As the report shows them. */
export const OVERHEADS: readonly ValidationOverhead[] = [
  {
    name: "a thread, per request",
    value: `${THREAD_MS} ms`,
    source:
      "measured: each thread is taken that much longer than the durations drawn (a sleep wakes late, the answer is written, the next connection accepted)",
  },
  {
    name: "a thread, per request that queries the database",
    value: `${DATABASE_CLIENT_MS} ms more`,
    source:
      "fitted once, for all trials and traces alike: what the other constants leave unexplained of 1,000 ms on a thread that queries the database itself lies between 0.2 ms (A_c10, alone on its thread) and 0.4 ms (A_c20, A_c30, turning over), and of that range it is what agrees best with the traces with queries (0.2 would leave F_ln_u85_rr a little below its 90 %)",
  },
  {
    name: "client, balancer and network, per request",
    value: `${IDLE_STACK_MS} ms with the thread's part, ${BEFORE_WORK_MS} ms of it before work starts`,
    source:
      "measured: a request without any sleep on the idle stack; added to each simulated latency and queue time",
  },
  {
    name: "a slot of the balancer's own line, per request",
    value: `${IDLE_STACK_MS} ms`,
    source:
      "the same measurement: where the line stands at the balancer, a slot is free only when the answer has come back there, and its thread idles until the next request has gone all the way",
  },
  {
    name: "a query of x ms",
    value: `x rounded up to whole ms, and ${QUERY_MS} ms; 0.7 ms on average where x is drawn`,
    source:
      "PostgreSQL's pg_sleep waits whole milliseconds, rounded up from a difference of two times held in seconds as doubles (so 100 becomes 101); measured idle: 5.2 for 5, 101.3 for 100, 500.25 for 500",
  },
  { name: "PgBouncer, per query", value: `${POOLER_MS} ms`, source: "measured, idle stack" },
];

/** The resolution of a double that holds the seconds since the year 2000, in the 2020s. */
const CLOCK_STEPS_PER_SECOND = 2 ** 23;

/** What `pg_sleep` of so many milliseconds takes, as the application sees it. */
export function sleepingQueryMs(ms: number): number {
  const seconds = Math.round((ms / 1000) * CLOCK_STEPS_PER_SECOND) / CLOCK_STEPS_PER_SECOND;
  return Math.ceil(seconds * 1000) + QUERY_MS;
}

/** What a query takes longer than its duration, on average. */
function queryOverheadMs(duration: Duration): number {
  return typeof duration === "number" ? sleepingQueryMs(duration) - duration : 0.5 + QUERY_MS;
}

/** A scenario as the bench ran it, and what is to be added to what the engine says. */
export interface BenchScenario {
  readonly scenario: Scenario;
  /** What each repetition of the endpoint's step takes longer, by the step's place; for `withStepOverheads`. */
  readonly stepOverheadsMs: readonly number[];
  /** The last step of every request: what its thread is taken longer. */
  readonly threadMs: number;
  /** To be added to each latency: what passes outside the simulated system. A closed loop's clients wait that long before they send again. */
  readonly outsideMs: number;
  /** To be added to each queue time. */
  readonly beforeWorkMs: number;
}

/** Clients who wait for answers get them that much later, and so send that much later; after a failure, which ends a request before its last step, by the thread's part too. */
function laterBy(workload: Workload, outsideMs: number): Workload {
  if (workload.kind !== "closed") return workload;
  const { thinkMs, afterFailureMs } = workload;
  if (typeof thinkMs !== "number" || (afterFailureMs !== null && typeof afterFailureMs !== "number"))
    throw new Error(`${workload.name}: the lab's clients think for a constant time`);
  return {
    ...workload,
    thinkMs: thinkMs + outsideMs,
    afterFailureMs: (afterFailureMs ?? thinkMs) + IDLE_STACK_MS,
  };
}

/**
 * Reads a trial's scenario and puts the bench's overheads into it: the thread's as a last step of waiting, the pooler's in its setting.
 * @throws Error where it is no valid scenario, or has not exactly one endpoint and one fleet
 */
export function benchScenario(document: unknown): BenchScenario {
  const read = readScenario(document);
  if (!read.ok) throw new Error(read.problems.map((problem) => problem.sentence).join("\n"));
  const { scenario } = read;
  const [endpoint, ...endpoints] = scenario.endpoints;
  const [fleet, ...fleets] = scenario.fleets;
  if (endpoint === undefined || fleet === undefined || endpoints.length > 0 || fleets.length > 0)
    throw new Error(`${scenario.name}: the lab's trials have one endpoint and one fleet`);
  const waitsAtBalancer = hasOwnLine(scenario);
  const queries = endpoint.steps.some(({ kind }) => kind === "query");
  const threadMs = (waitsAtBalancer ? IDLE_STACK_MS : THREAD_MS) + (queries ? DATABASE_CLIENT_MS : 0);
  const outsideMs = waitsAtBalancer ? 0 : IDLE_STACK_MS - THREAD_MS;
  const longer: Endpoint = { ...endpoint, steps: [...endpoint.steps, { kind: "wait", ms: threadMs }] };
  return {
    scenario: {
      ...scenario,
      endpoints: [longer],
      // Puma looks whether a request's connection is still open before it runs it.
      fleets: [{ ...fleet, skipsAbandoned: true }],
      workloads: scenario.workloads.map((workload) => laterBy(workload, outsideMs)),
      pooler: { ...scenario.pooler, overheadMs: POOLER_MS },
    },
    stepOverheadsMs: longer.steps.map((step) => (step.kind === "query" ? queryOverheadMs(step.ms) : 0)),
    threadMs,
    outsideMs,
    beforeWorkMs: BEFORE_WORK_MS,
  };
}
