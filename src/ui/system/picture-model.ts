import type { DynoStatus, FleetState, ServerState, SystemState } from "../../analysis/system-state";
import { formatCount, formatPercent, formatRate } from "../../base/format";
import { afterSetting } from "../../scenario/sizes";
import type { Scenario } from "../../scenario/types";
import type { SystemPart } from "../shell/system-parts";
import { failuresIn } from "./part-failures";

/** A part of the system as its picture says it. */
export interface PartModel {
  readonly part: SystemPart;
  /** The fleet that it is; null for all other parts. */
  readonly fleet: string | null;
  readonly title: string;
  /** The number that says how it stands, and of what: "240 of 240", "connections". */
  readonly figure: string;
  readonly unit: string;
  readonly facts: readonly string[];
  /** How full it is, of 1; null where it has no limit. */
  readonly share: number | null;
  readonly isDown: boolean;
  /** Each kind with its rate, the commonest first. */
  readonly failures: readonly string[];
}

/** A part with several of its kind in it: dynos, replicas. */
export interface FleetModel extends PartModel {
  readonly state: FleetState;
  /** Requests that its threads take. */
  readonly perSecond: number;
}

export interface PictureModel {
  readonly clients: PartModel;
  readonly edge: PartModel;
  readonly fleets: readonly FleetModel[];
  /** Of the dynos of all fleets together: which of several it was is not known. */
  readonly fleetFailures: readonly string[];
  readonly pools: PartModel;
  readonly pooler: PartModel | null;
  readonly database: PartModel;
  readonly replicas: PartModel | null;
  readonly flows: {
    readonly sent: number;
    /** From the pools onwards, to both kinds of servers. */
    readonly queries: number;
    readonly toPrimary: number;
    readonly toReplicas: number;
  };
}

/** What the picture shows of a state, in words and shares. */
export function pictureModel(state: SystemState, scenario: Scenario): PictureModel {
  const { pools, pooler, primary, replicas, queriesPerSecond, replicaQueriesPerSecond } = state;
  const { maxConnections } = scenario.edge;
  const isOneFleet = state.fleets.length === 1;
  const part = (name: SystemPart, own: OwnWords): PartModel => ({
    part: name,
    fleet: null,
    share: null,
    isDown: false,
    failures: failuresIn(name, state),
    ...own,
    facts: (own.facts ?? []).filter((fact) => fact !== null),
  });
  return {
    clients: part("clients", {
      title: "Clients",
      figure: formatRate(state.okPerSecond),
      unit: "answered",
      facts: [clientsFact(scenarioAt(scenario, state.atS))],
    }),
    edge: part("edge", {
      title: "Edge",
      ...(maxConnections === null
        ? { figure: amount(state.inFlight) }
        : filled(state.inFlight, maxConnections)),
      unit: "under way",
      facts: [counted(state.balancerQueued, "in line")],
    }),
    fleets: state.fleets.map((fleet, number) => ({
      ...part("dynos", {
        ...fleetWords(fleet, scenario.fleets[number]?.dynos ?? 0, isOneFleet),
        ...(isOneFleet ? {} : { failures: [] }),
      }),
      fleet: fleet.name,
      state: fleet,
      perSecond: fleet.takenPerSecond,
    })),
    fleetFailures: failuresIn("dynos", state),
    pools: part("pools", {
      title: "Pools",
      ...filled(pools.checkedOut, pools.slots),
      unit: "lent",
      facts: [counted(pools.queued, "in line")],
    }),
    pooler:
      pooler &&
      part("pooler", {
        title: "Pooler",
        ...filled(pooler.busyConnections, pooler.connections),
        unit: "slots busy",
        facts: [counted(pooler.queued, "in line")],
      }),
    database: part("database", { title: "Database", ...serverWords([primary]) }),
    replicas:
      replicas.length === 0
        ? null
        : part("replicas", { title: plural(replicas.length, "replica"), ...serverWords(replicas) }),
    flows: {
      sent: state.sentPerSecond,
      queries: queriesPerSecond + replicaQueriesPerSecond,
      toPrimary: queriesPerSecond,
      toReplicas: replicaQueriesPerSecond,
    },
  };
}

/** Everything about a part in sentences, for who hears the page and for who asks. */
export function sentenceOf({ title, figure, unit, facts, isDown, failures }: PartModel): string {
  const state = [...(isDown ? ["down"] : []), `${figure} ${unit}`.trim(), ...facts].join(", ");
  return [`${title}: ${state}.`, ...failures.map((failure) => `${failure}.`)]
    .join(" ")
    .replaceAll("/s", " per second");
}

type OwnWords = Pick<PartModel, "title" | "figure" | "unit"> &
  Partial<Pick<PartModel, "share" | "isDown" | "failures">> & { readonly facts?: readonly (string | null)[] };

/** An average number of things: whole from ten on, and no more than one decimal below. */
function amount(value: number): string {
  return formatCount(value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value));
}

function counted(value: number, what: string): string | null {
  return value < 0.05 ? null : `${amount(value)} ${what}`;
}

function filled(used: number, limit: number): Pick<PartModel, "figure" | "share"> {
  return { figure: `${amount(used)} of ${amount(limit)}`, share: limit > 0 ? Math.min(1, used / limit) : 0 };
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** The scenario as its timeline has made it by then, as far as traffic goes. */
function scenarioAt(scenario: Scenario, atS: number): Scenario {
  return scenario.timeline
    .filter((entry) => entry.do === "set")
    .filter((entry) => entry.atS <= atS && entry.path.startsWith("workloads"))
    .reduce(afterSetting, scenario);
}

/** How many there are, where that stays the same. */
function clientsFact({ workloads }: Scenario): string | null {
  const clients = workloads.map((workload) =>
    workload.kind === "closed" && workload.profile === undefined ? workload.clients : Number.NaN,
  );
  const all = clients.reduce((sum, count) => sum + count, 0);
  return Number.isNaN(all) ? null : plural(all, "client");
}

const STATUS_WORDS: readonly (readonly [DynoStatus, string])[] = [
  ["dead", "dead"],
  ["unlisted", "not on the balancer’s list"],
  ["slow", "slowed down"],
  ["booting", "booting"],
  ["retiring", "retiring"],
];

/** Those that have threads to give. */
const SERVING: ReadonlySet<DynoStatus> = new Set(["up", "retiring", "unlisted", "slow"]);

function fleetWords(
  { name, dynos, threadsPerDyno }: FleetState,
  dynosAtFirst: number,
  isOnly: boolean,
): OwnWords {
  // Single dynos are those of the first replication: another one may be ahead of it.
  if (dynos.length === 0 && dynosAtFirst > 0) {
    return { title: isOnly ? "Dynos" : name, figure: "come with the first replication", unit: "", share: 0 };
  }
  const count = (of: (status: DynoStatus) => boolean): number =>
    dynos.reduce((sum, { status }) => (of(status) ? sum + 1 : sum), 0);
  const there = count((status) => status !== "gone");
  const title = isOnly ? plural(there, "dyno") : `${name}, ${plural(there, "dyno")}`;
  if (there === 0) return { title, figure: "nothing to serve requests", unit: "", share: 0 };
  const busy = dynos.reduce((sum, { busyThreads }) => sum + busyThreads, 0);
  const queued = dynos.reduce((sum, dyno) => sum + dyno.queued, 0);
  return {
    title,
    ...filled(busy, threadsPerDyno * count((status) => SERVING.has(status))),
    unit: "threads busy",
    facts: [
      counted(queued, "in line"),
      ...STATUS_WORDS.map(([status, words]) =>
        counted(
          count((one) => one === status),
          words,
        ),
      ),
    ],
  };
}

function serverWords(servers: readonly ServerState[]): Omit<OwnWords, "title"> {
  const sum = (of: (server: ServerState) => number) =>
    servers.reduce((total, server) => total + of(server), 0);
  const [first] = servers;
  const cpu = first?.cpu === null ? null : sum((server) => server.cpu ?? 0) / servers.length;
  const down = servers.filter(({ isUp }) => !isUp).length;
  return {
    ...filled(
      sum(({ connections }) => connections),
      sum(({ usableConnections }) => usableConnections),
    ),
    unit: "connections",
    isDown: down === servers.length,
    facts: [
      first?.activeQueries == null
        ? null
        : `${amount(sum((server) => server.activeQueries ?? 0))} run a query`,
      cpu === null ? null : `processor ${formatPercent(Math.round(cpu * 100) / 100)}`,
      down > 0 && down < servers.length ? `${down} down` : null,
    ],
  };
}

const THICKEST_PX = 16;

/** How thick a flow is drawn, in pixels: ten times the rate is twice as thick, whatever the scenario's size. */
export function flowThickness(perSecond: number): number {
  if (!(perSecond > 0)) return 0;
  return Math.min(THICKEST_PX, Math.max(1, 1.2 * perSecond ** 0.3));
}
