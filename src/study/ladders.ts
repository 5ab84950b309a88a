import { capacity, type FleetCapacity } from "../analysis/capacity";
import { fullest } from "../analysis/loads";
import { fleetPath } from "../analysis/suggestions-dynos";
import type { LimitName, Suggestion } from "../analysis/verdict-types";
import { counted, exact } from "../analysis/words";
import { DATABASE_PLANS, DYNO_TYPES } from "../scenario/catalogue";
import { formatSegment } from "../scenario/paths";
import type { Fleet, Scenario } from "../scenario/types";

/** One parameter, and single changes of it from the smallest to the largest. */
export interface Ladder {
  readonly steps: readonly Suggestion[];
}

/** More than so many times as much of something is another system. */
const MOST_TIMES = 4;
/** A ladder of numbers has no more steps than this. */
const MOST_STEPS = 64;

type MakeLadder = (scenario: Scenario, own: FleetCapacity) => Ladder;

/** The parameters that have to do with each limit, the most likely first; the busiest fleet's where they are a fleet's. */
export function laddersFor(scenario: Scenario, limit: LimitName | null): Ladder[] {
  const { fleets } = capacity(scenario);
  const own = fullest(
    fleets,
    (fleet) =>
      fleet.demandPerSecond / Math.max(1e-9, Math.min(fleet.threadsPerSecond, fleet.processorsPerSecond)),
  );
  return LADDERS[limit ?? "none"].map((make) => make(scenario, own)).filter(({ steps }) => steps.length > 0);
}

const moreDynos: MakeLadder = (_, { fleet }) =>
  numbers(fleet, "dynos", upFrom(fleet.dynos), (value) => `Run ${counted(value, "dyno")}`);
const fewerDynos: MakeLadder = (_, { fleet }) =>
  numbers(fleet, "dynos", downFrom(fleet.dynos), (value) => `Run only ${counted(value, "dyno")}`);
const moreThreads: MakeLadder = (_, { fleet }) =>
  numbers(
    fleet,
    "threads",
    upFrom(fleet.threads),
    (value) => `Run ${counted(value, "thread")} in each process`,
  );
const moreProcesses: MakeLadder = (_, { fleet }) =>
  numbers(
    fleet,
    "processes",
    upFrom(fleet.processes),
    (value) => `Run ${counted(value, "process", "processes")} in each dyno`,
  );
const fewerProcesses: MakeLadder = (_, { fleet }) =>
  numbers(
    fleet,
    "processes",
    downFrom(fleet.processes),
    (value) => `Run only ${counted(value, "process", "processes")} in each dyno`,
  );
const largerPool: MakeLadder = (_, { fleet }) =>
  numbers(
    fleet,
    "pool.size",
    upFrom(fleet.pool.size).filter((size) => size <= fleet.threads),
    (value) => `Give each process a pool of ${exact(value)}`,
  );
const smallerPool: MakeLadder = (_, { fleet }) =>
  numbers(
    fleet,
    "pool.size",
    downFrom(Math.min(fleet.pool.size, fleet.threads)),
    (value) => `Give each process a pool of only ${exact(value)}`,
  );
const largerDynos: MakeLadder = (_, { fleet }) => {
  const present = DYNO_TYPES.find(({ id }) => id === fleet.dynoType);
  const larger = DYNO_TYPES.filter(
    ({ family, vcpus, memoryMb }) =>
      present !== undefined &&
      family === present.family &&
      (vcpus > present.vcpus || memoryMb > present.memoryMb),
  ).sort((one, other) => one.monthlyUsd - other.monthlyUsd);
  return {
    steps: larger.map(({ id, title }) => single(`Take ${title} dynos`, `${fleetPath(fleet)}.dynoType`, id)),
  };
};
const bestBalancer: MakeLadder = (_, { fleet }) => ({
  steps:
    fleet.balancer === "least-outstanding" || fleet.dynos < 2
      ? []
      : [
          single(
            "Send requests to the dyno with the fewest outstanding",
            `${fleetPath(fleet)}.balancer`,
            "least-outstanding",
          ),
        ],
});
const holdForQuery: MakeLadder = (_, { fleet }) => ({
  steps:
    fleet.pool.hold === "query"
      ? []
      : [single("Hold connections only for each query", `${fleetPath(fleet)}.pool.hold`, "query")],
});
const fillThreads: MakeLadder = (_, { fleet, threadsPerDyno }) =>
  numbers(
    fleet,
    "maxOutstandingPerDyno",
    upFrom(fleet.maxOutstandingPerDyno ?? threadsPerDyno).filter((value) => value <= threadsPerDyno),
    (value) => `Send a dyno up to ${counted(value, "request")} at once`,
  );
const poolerOn: MakeLadder = ({ pooler }) => ({
  steps: pooler.enabled ? [] : [single("Turn the pooler on", "pooler.enabled", true)],
});
const poolerShared: MakeLadder = ({ pooler }) => ({
  steps:
    pooler.enabled && pooler.mode === "session"
      ? [single("Put the pooler into transaction mode", "pooler.mode", "transaction")]
      : [],
});
const poolerConnections =
  (from: (present: number) => readonly number[], only: string): MakeLadder =>
  ({ pooler }) => ({
    steps: pooler.enabled
      ? from(pooler.connections).map((value) =>
          single(`Give the pooler ${only}${counted(value, "connection")}`, "pooler.connections", value),
        )
      : [],
  });
const largerPlan: MakeLadder = ({ database }) => {
  const present = DATABASE_PLANS.find(({ id }) => id === database.plan);
  const larger = DATABASE_PLANS.filter(
    ({ family, monthlyUsd }) =>
      present !== undefined && family === present.family && monthlyUsd > present.monthlyUsd,
  ).sort((one, other) => one.monthlyUsd - other.monthlyUsd);
  return { steps: larger.slice(0, 8).map(({ id, title }) => single(`Take ${title}`, "database.plan", id)) };
};
const moreReplicas: MakeLadder = ({ database: { replicas } }) => ({
  steps:
    replicas.count === 0
      ? []
      : upFrom(replicas.count).map((value) =>
          single(`Run ${counted(value, "replica")}`, "database.replicas.count", value),
        ),
});
const routedByQuery: MakeLadder = ({ database: { replicas } }) => ({
  steps:
    replicas.count > 1 && replicas.routing === "dns"
      ? [
          single(
            "Send each query to the replica with the fewest active",
            "database.replicas.routing",
            "per-query",
          ),
        ]
      : [],
});
const moreSlots: MakeLadder = ({ edge: { maxConnections } }) => ({
  steps:
    maxConnections === null
      ? []
      : upFrom(maxConnections).map((value) =>
          single(`Give the edge ${exact(value)} slots`, "edge.maxConnections", value),
        ),
});
const noRetries: MakeLadder = ({ workloads }) => {
  const retrying = workloads.filter(({ retries }) => retries.attempts > 0);
  const [only] = retrying;
  return {
    steps:
      only === undefined || retrying.length > 1
        ? []
        : [single("Let clients not retry", `workloads.${formatSegment(only.name)}.retries.attempts`, 0)],
  };
};
const spreadBursts: MakeLadder = ({ workloads }) => {
  const [burst] = workloads.filter(({ kind }) => kind === "burst");
  if (burst?.kind !== "burst") return { steps: [] };
  const spreads = [2, 4, 8, 16, 32]
    .map((times) => burst.spreadMs * times)
    .filter((ms) => ms > 0 && ms < burst.everyMs);
  return {
    steps: [...spreads, burst.everyMs].map((ms) =>
      single(
        `Spread the requests of ${burst.name} over ${exact(ms / 1000)} s`,
        `workloads.${formatSegment(burst.name)}.spreadMs`,
        ms,
      ),
    ),
  };
};

const LADDERS: Readonly<Record<LimitName | "none", readonly MakeLadder[]>> = {
  threads: [moreThreads, moreDynos, bestBalancer, moreProcesses],
  gvl: [moreProcesses, moreDynos, largerDynos],
  "dyno processors": [moreDynos, largerDynos, moreProcesses],
  memory: [fewerProcesses, largerDynos, poolerOn, largerPlan],
  routing: [bestBalancer, moreThreads, moreDynos],
  balancer: [fillThreads, moreDynos],
  bursts: [spreadBursts, moreThreads, moreDynos],
  pool: [largerPool, holdForQuery, moreDynos],
  pooler: [poolerShared, poolerConnections(upFrom, ""), largerPlan],
  "connection slots": [poolerOn, fewerDynos, smallerPool, largerPlan],
  "database processors": [largerPlan, routedByQuery],
  contention: [poolerOn, poolerConnections(downFrom, "only "), largerPlan],
  replicas: [routedByQuery, moreReplicas],
  "edge slots": [moreSlots, moreThreads, moreDynos],
  retries: [noRetries, moreDynos, moreThreads],
  none: [bestBalancer, moreDynos],
};

function single(label: string, path: string, value: unknown): Suggestion {
  return { label, changes: [{ path, value }] };
}

function numbers(
  fleet: Fleet,
  field: string,
  values: readonly number[],
  label: (value: number) => string,
): Ladder {
  return { steps: values.map((value) => single(label(value), `${fleetPath(fleet)}.${field}`, value)) };
}

/** Whole numbers above, up to four times as much; of many, evenly spaced ones. */
function upFrom(present: number): number[] {
  const most = Math.max(present + 4, present * MOST_TIMES);
  const stride = Math.max(1, Math.ceil((most - present) / MOST_STEPS));
  return Array.from(
    { length: Math.floor((most - present) / stride) },
    (_, step) => present + (step + 1) * stride,
  );
}

/** Whole numbers below, down to one. */
function downFrom(present: number): number[] {
  const stride = Math.max(1, Math.ceil((present - 1) / MOST_STEPS));
  return Array.from(
    { length: Math.max(0, Math.floor((present - 1) / stride)) },
    (_, step) => present - (step + 1) * stride,
  );
}
