import { describe, expect, it } from "vitest";
import { FAILURE_KINDS, type FailureKind } from "../../../../src/analysis/result-types";
import type { SystemState } from "../../../../src/analysis/system-state";
import { DEFAULT_SCENARIO } from "../../../../src/scenario/defaults";
import type { Scenario } from "../../../../src/scenario/types";
import {
  flowThickness,
  type PartModel,
  type PictureModel,
  pictureModel,
  sentenceOf,
} from "../../../../src/ui/system/picture-model";
import { dynos, fleetState, systemState } from "../../../support/system-state-fixture";

function model(own: Partial<SystemState> = {}, scenario: Partial<Scenario> = {}): PictureModel {
  return pictureModel(systemState(own), { ...DEFAULT_SCENARIO, ...scenario });
}

function fleet(own: Parameters<typeof fleetState>[0]): PartModel {
  const [first] = model({ fleets: [fleetState(own)] }).fleets;
  if (first === undefined) throw new Error("the picture has no fleet");
  return first;
}

const POOLER = { busyConnections: 88, connections: 90, queued: 31 };

describe("a part in a sentence", () => {
  it("says what is used of what there is, what goes on, and what fails", () => {
    const { database } = model({ failedPerSecond: { "connection-refused": 14 } });
    expect(sentenceOf(database)).toBe(
      "Database: 240 of 240 connections, 90 run a query, processor 12 %. 14 per second refused: out of connection slots.",
    );
  });

  it("says of the clients what is answered, and how many they are where that stays the same", () => {
    expect(sentenceOf(model().clients)).toBe("Clients: 188 per second answered, 250 clients.");
    const open = { ...DEFAULT_SCENARIO.workloads[0], kind: "open", requestsPerSecond: 75 } as never;
    expect(sentenceOf(model({}, { workloads: [open] }).clients)).toBe("Clients: 188 per second answered.");
  });

  it("says of the edge how many are under way, of how many where that is limited, and who waits there", () => {
    expect(sentenceOf(model().edge)).toBe("Edge: 200 under way.");
    const edge = { ...DEFAULT_SCENARIO.edge, maxConnections: 400 };
    const limited = model({ balancerQueued: 12.4 }, { edge }).edge;
    expect(sentenceOf(limited)).toBe("Edge: 200 of 400 under way, 12 in line.");
    expect(limited.share).toBe(0.5);
  });

  it("says of pools and pooler what is lent, and who waits", () => {
    const { pools, pooler } = model({ pools: { checkedOut: 50, slots: 200, queued: 3 }, pooler: POOLER });
    expect(sentenceOf(pools)).toBe("Pools: 50 of 200 lent, 3 in line.");
    expect(pools.share).toBe(0.25);
    expect(pooler === null ? null : sentenceOf(pooler)).toBe("Pooler: 88 of 90 slots busy, 31 in line.");
  });

  it("says that the database is down", () => {
    const { primary } = systemState();
    const { database } = model({ primary: { ...primary, isUp: false, connections: 0, activeQueries: 0 } });
    expect(database.isDown).toBe(true);
    expect(sentenceOf(database)).toContain("Database: down, 0 of 240 connections");
  });

  it("leaves out what is not known", () => {
    const { primary } = systemState();
    const { database } = model({ primary: { ...primary, activeQueries: null, cpu: null } });
    expect(sentenceOf(database)).toBe("Database: 240 of 240 connections.");
  });
});

describe("a fleet", () => {
  it("has as many threads as its dynos that serve", () => {
    const own = [
      ...dynos(20),
      ...dynos(3, { status: "dead", busyThreads: 0 }),
      ...dynos(2, { status: "gone" }),
    ];
    const words = fleet({ dynos: own.map((dyno) => ({ ...dyno, busyThreads: 5 })) });
    expect(words.title).toBe("23 dynos");
    expect(words.figure).toBe("125 of 200");
  });

  it("counts those that are not simply up, in words", () => {
    const words = fleet({
      dynos: [
        ...dynos(5),
        ...dynos(1, { status: "dead" }),
        ...dynos(2, { status: "unlisted" }),
        ...dynos(3, { status: "slow" }),
        ...dynos(4, { status: "booting" }),
        ...dynos(5, { status: "retiring" }),
      ],
    });
    expect(words.facts).toEqual([
      "1 dead",
      "2 not on the balancer’s list",
      "3 slowed down",
      "4 booting",
      "5 retiring",
    ]);
  });

  it("says how many wait in its dynos' lines together", () => {
    expect(fleet({ dynos: dynos(4, { queued: 1.5 }) }).facts).toEqual(["6 in line"]);
    expect(fleet({ dynos: dynos(4, { queued: 0.01 }) }).facts).toEqual([]);
  });

  it("is one dyno, too", () => {
    expect(sentenceOf(fleet({ dynos: dynos(1) }))).toBe("1 dyno: 7 of 10 threads busy.");
  });

  it("without dynos says that nothing serves", () => {
    expect(sentenceOf(fleet({ dynos: dynos(3, { status: "gone" }) }))).toBe(
      "0 dynos: nothing to serve requests.",
    );
  });

  it("waits for the first replication, which is the one that tells dynos apart", () => {
    expect(sentenceOf(fleet({ dynos: [] }))).toBe("Dynos: come with the first replication.");
  });

  it("has its name where there are several", () => {
    const { fleets } = model({
      fleets: [fleetState(), fleetState({ name: "api", dynos: dynos(2), takenPerSecond: 40 })],
    });
    expect(fleets.map(({ title }) => title)).toEqual(["web, 25 dynos", "api, 2 dynos"]);
    expect(fleets.map(({ perSecond }) => perSecond)).toEqual([188, 40]);
  });
});

describe("replicas", () => {
  const replica = { isUp: true, connections: 30, usableConnections: 120, activeQueries: null, cpu: 0.2 };

  it("are no part where there are none", () => {
    expect(model().replicas).toBeNull();
  });

  it("are counted together", () => {
    const { replicas, flows } = model({
      replicas: [replica, { ...replica, connections: 90, cpu: 0.4 }],
      replicaQueriesPerSecond: 50,
    });
    expect(replicas === null ? null : sentenceOf(replicas)).toBe(
      "2 replicas: 120 of 240 connections, processor 30 %.",
    );
    expect(flows).toEqual({ sent: 198, queries: 226, toPrimary: 176, toReplicas: 50 });
  });

  it("say how many of them are down", () => {
    const { replicas } = model({ replicas: [replica, { ...replica, isUp: false }] });
    expect(replicas?.facts).toContain("1 down");
    expect(replicas?.isDown).toBe(false);
  });
});

describe("failures", () => {
  function placeOf(kind: FailureKind): string {
    const { clients, edge, fleetFailures, pools, pooler, database } = model({
      failedPerSecond: { [kind]: 12 },
      pooler: POOLER,
    });
    const places = { clients, edge, dynos: { failures: fleetFailures }, pools, pooler, database };
    const found = Object.entries(places).filter(([, part]) => (part?.failures.length ?? 0) > 0);
    return found.map(([name]) => name).join(" and ");
  }

  it("each stand at the one part that caused them", () => {
    expect(Object.fromEntries(FAILURE_KINDS.map((kind) => [kind, placeOf(kind)]))).toEqual({
      timeout: "edge",
      "edge-full": "edge",
      "queue-timeout": "edge",
      "no-dyno": "edge",
      "backlog-full": "dynos",
      "dyno-refused": "dynos",
      "dyno-lost": "dynos",
      "checkout-timeout": "pools",
      "pooler-full": "pooler",
      "pooler-timeout": "pooler",
      "connection-refused": "database",
      "database-down": "database",
      "gave-up": "clients",
    });
  });

  it("for want of a database stand at the server, or the pooler, that caused them", () => {
    const { database, replicas, pooler } = model({
      failedPerSecond: { "connection-refused": 12, "database-down": 30 },
      failedElsewherePerSecond: { refusedByReplica: 12, replicaDown: 10, poolerCannotLogIn: 5 },
      pooler: POOLER,
      replicas: [{ isUp: true, connections: 30, usableConnections: 30, activeQueries: null, cpu: 0.2 }],
    });
    expect(database.failures).toEqual(["15/s failed: the database is down"]);
    expect(replicas?.failures).toEqual([
      "12/s refused: out of connection slots",
      "10/s failed: their replica is down",
    ]);
    expect(pooler?.failures).toEqual(["5/s failed: the error of its last login is repeated"]);
  });

  it("of one part begin with the commonest", () => {
    const { edge } = model({ failedPerSecond: { timeout: 2, "no-dyno": 40.25, "edge-full": 0 } });
    expect(edge.failures).toEqual(["40.3/s found no dyno up", "2/s timed out"]);
  });

  it("of dynos belong to their fleet where there is only one", () => {
    const failedPerSecond = { "dyno-lost": 3 };
    expect(model({ failedPerSecond }).fleets[0]?.failures).toEqual(["3/s lost with their dyno"]);
    const several = model({ failedPerSecond, fleets: [fleetState(), fleetState({ name: "api" })] });
    expect(several.fleets.map(({ failures }) => failures)).toEqual([[], []]);
    expect(several.fleetFailures).toEqual(["3/s lost with their dyno"]);
  });
});

describe("a flow", () => {
  it("is thicker the more there is, and nothing where there is nothing", () => {
    const rates = [0, 0.1, 10, 100, 1000, 1e6];
    expect(rates.map((rate) => Math.round(flowThickness(rate)))).toEqual([0, 1, 2, 5, 10, 16]);
  });
});
