import { describe, expect, it } from "vitest";
import { COUNT, FAILURE, SUCCESS } from "../../../../src/engine/record/replication-record";
import {
  answerMoments,
  answersOf,
  BOUNDLESS_PLAN,
  begin,
  countsOf,
  endMoments,
  failureMoments,
  failures,
  recordOf,
  stages,
  type TinyScenario,
} from "../../../support/tiny-scenarios";

const ONCE = { thinkMs: 1e6 };
const wait = (ms: unknown): object => ({ kind: "wait", ms });
const cpu = (ms: unknown): object => ({ kind: "cpu", ms });
const query = (ms: unknown): object => ({ kind: "query", ms });

/** Two fleets, each with an endpoint of its name, and a workload that sends both. */
const two = (more: TinyScenario, workload: object = { kind: "closed", clients: 0 }): TinyScenario => ({
  workloads: [{ name: "w", mix: { a: 0.5, b: 0.5 }, ...workload }],
  endpoints: ["a", "b"].map((name) => ({ name, fleet: name, steps: more.steps ?? [wait(100)] })),
  fleets: [{ name: "a" }, { name: "b" }],
  ...more,
});
/** For each of the two fleets requests at these moments. */
const log = (a: readonly number[], b: readonly number[], ms = 100): object[] =>
  [a, b].map((moments, i) => ({
    name: `log-${i}`,
    kind: "replay",
    endpoint: "ab"[i],
    requests: moments.map((atMs) => [atMs, [ms]]),
  }));

describe("several fleets", () => {
  it("serve each its own endpoints, with dynos, threads and lines of their own", () => {
    const simulation = begin(
      two({
        workloads: log([0, 0, 0, 0], [0, 0, 0, 0, 0]),
        fleets: [
          { name: "a", dynos: 2, threads: 1 },
          { name: "b", dynos: 1, threads: 3 },
        ],
      }),
    );
    simulation.advance(50);
    expect(simulation.books()).toMatchObject({
      busyThreadsOfDynos: [1, 1, 3],
      waitingAtDynos: [1, 1, 2],
      outstandingAtDynos: [2, 2, 5],
    });
  });

  it("have runtimes and processors of their own", () => {
    const answers = answersOf(
      two({
        workloads: log([0, 0], [0, 0]),
        steps: [cpu(0)],
        fleet: { threads: 9 },
        fleets: [
          { name: "a", runtime: "event-loop" },
          { name: "b", runtime: "parallel", dynoType: { vcpus: 2, memoryMb: 1e9, monthlyUsd: 0 } },
        ],
      }),
    );
    const ends = (fleet: number): number[] => endMoments(answers.filter((answer) => answer.fleet === fleet));
    expect([ends(0), ends(1)]).toEqual([
      [100, 200],
      [100, 100],
    ]);
  });

  it("have pools of their own, but one database: its limit is everybody's", () => {
    const simulation = begin(
      two({
        workloads: log([0, 0], [10, 10]),
        steps: [query(0)],
        fleet: { threads: 9 },
        database: { plan: { ...BOUNDLESS_PLAN, connectionLimit: 3 } },
      }),
    );
    simulation.advance(50);
    expect(simulation.books()).toMatchObject({ checkedOut: 3, databaseOpen: 3 });
    expect(failures(simulation.record())).toEqual({ "connection-refused": 1 });
  });

  it("have backlogs of their own: one full line refuses nobody at the other", () => {
    const record = recordOf(
      two({ workloads: log([0, 0, 0], [0, 0, 0]), fleets: [{ name: "a", backlog: 1 }, { name: "b" }] }),
    );
    expect(failures(record)).toEqual({ "backlog-full": 1 });
    expect(answerMoments(record)).toEqual([100, 100, 200, 200, 300]);
  });

  it("have balancers of their own, each with its own turn", () => {
    const answers = answersOf(
      two({ workloads: log([0, 1, 2, 3], [0.5, 1.5, 2.5, 3.5]), fleet: { dynos: 2, threads: 9 } }),
    );
    const dynos = (fleet: number): number[] =>
      answers.filter((answer) => answer.fleet === fleet).map(({ dyno }) => dyno);
    expect([dynos(0), dynos(1)]).toEqual([
      [0, 1, 0, 1],
      [0, 1, 0, 1],
    ]);
  });

  it("can be without dynos, one by one: only its own requests fail", () => {
    const record = recordOf(
      two({ workloads: log([0], [0]), fleets: [{ name: "a", dynos: 0 }, { name: "b" }] }),
    );
    expect(failures(record)).toEqual({ "no-dyno": 1 });
    expect(record.ok).toBe(1);
  });

  it("are changed one by one", () => {
    const simulation = begin(
      two({ workloads: log([0, 0, 0, 0], [0, 0, 0, 0]), fleet: { boot: { bootS: 0.01 } } }),
    );
    simulation.apply({ kind: "threads", fleet: 1, threads: 2 });
    simulation.advance(50);
    expect(simulation.books()).toMatchObject({ busyThreadsOfDynos: [1, 2] });
    simulation.apply({ kind: "dynos", fleet: 0, dynos: 3 });
    simulation.apply({ kind: "dynos", fleet: 1, dynos: 0 });
    simulation.advance(90);
    expect(simulation.books().busyThreadsOfDynos).toEqual([1, 0, 0, 2]);
    expect(() => simulation.apply({ kind: "dynos", fleet: 2, dynos: 1 })).toThrow(/no fleet 2/);
  });

  it("stand behind one edge, whose connection slots are everybody's", () => {
    const record = recordOf(
      two({
        workloads: log([0, 200, 200], [10, 20, 30]),
        fleet: { threads: 9 },
        edge: { maxConnections: 3 },
      }),
    );
    expect(failureMoments(record, "edge-full")).toEqual([30]);
    expect(record.ok).toBe(5);
  });

  it("stand behind one edge, whose timeout is everybody's", () => {
    const record = recordOf(two({ workloads: log([0], [50], 1000), edge: { timeoutMs: 300 } }));
    expect(failureMoments(record, "timeout")).toEqual([300, 350]);
  });
});

describe("shares of an endpoint over fleets", () => {
  const parts = (more: TinyScenario = {}): TinyScenario => ({
    durationS: 10,
    workloads: [{ name: "w", kind: "open", requestsPerSecond: 400 }],
    endpoints: [{ name: "page", fleet: { web: 0.8, other: 0.2 }, steps: [wait(1)] }],
    fleets: [{ name: "other" }, { name: "web" }],
    fleet: { threads: 1000 },
    ...more,
  });

  it("send it to each as often as its share says", () => {
    const answers = answersOf(parts());
    const toWeb = answers.filter(({ fleet }) => fleet === 1).length;
    expect(Math.abs(toWeb - 0.8 * answers.length)).toBeLessThan(4 * Math.sqrt(0.16 * answers.length));
  });

  it("are drawn for each request by itself: the same request goes to the same fleet, whatever else changes", () => {
    const fleets = (more: TinyScenario): Map<number, number> =>
      new Map(answersOf(parts(more)).map(({ number, fleet }) => [number, fleet]));
    const [plain, slower] = [fleets({}), fleets({ fleet: { threads: 1, dynos: 3, balancer: "random" } })];
    expect(plain.size).toBeGreaterThan(3000);
    for (const [number, fleet] of plain) expect(slower.get(number) ?? fleet).toBe(fleet);
  });

  it("of 1 leave nothing to chance", () => {
    const endpoints = [{ name: "page", fleet: { web: 1, other: 0 }, steps: [wait(1)] }];
    expect(new Set(answersOf(parts({ endpoints })).map(({ fleet }) => fleet))).toEqual(new Set([1]));
  });

  it("draw fleet and endpoint apart: which fleet it is says nothing of the endpoint", () => {
    const shared = { web: 0.5, other: 0.5 };
    const answers = answersOf(
      parts({
        workloads: [{ name: "w", kind: "open", requestsPerSecond: 400, mix: { a: 0.5, b: 0.5 } }],
        endpoints: ["a", "b"].map((name) => ({ name, fleet: shared, steps: [wait(1)] })),
      }),
    );
    const same = answers.filter(({ fleet, endpoint }) => fleet === endpoint).length;
    expect(Math.abs(same - answers.length / 2)).toBeLessThan(2 * Math.sqrt(answers.length));
  });
});

describe("counts by endpoint and by fleet", () => {
  const parts = two(
    {
      steps: [wait({ dist: "exponential", mean: 100 })],
      fleets: [
        { name: "a", threads: 2, backlog: 1 },
        { name: "b", threads: 1, dynos: 2, backlog: 5 },
      ],
      edge: { timeoutMs: 150 },
      run: { warmupS: 1 },
      durationS: 8,
    },
    { kind: "open", requestsPerSecond: 60 },
  );
  const record = recordOf(parts);
  const answers = answersOf(parts).filter(({ sentAtMs }) => sentAtMs >= 1000);

  it("are of requests sent after the warm-up, and add up to all of them", () => {
    for (const parts of [record.endpoints, record.fleets]) {
      const counts = parts.map(countsOf);
      expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(record.sent);
      expect(counts.reduce((sum, { ok }) => sum + ok, 0)).toBe(record.ok);
    }
  });

  it("say what came of each one's requests, failures by kind", () => {
    expect(answers.length).toBeGreaterThan(300);
    for (const [number, { counts }] of record.fleets.entries()) {
      const own = answers.filter(({ fleet }) => fleet === number);
      const of = (failure: number): number => own.filter((answer) => answer.failure === failure).length;
      expect(counts[COUNT.ok]).toBe(of(SUCCESS));
      for (const kind of [FAILURE.timeout, FAILURE["backlog-full"]]) {
        expect(of(kind)).toBeGreaterThan(0);
        expect(counts[COUNT.failed + kind]).toBe(of(kind));
      }
      expect(record.endpoints[number]?.counts).toEqual(counts);
    }
  });

  it("give each endpoint the latencies of its own successful requests", () => {
    for (const [number, { latency }] of record.endpoints.entries()) {
      const own = answers.filter(({ endpoint, failure }) => endpoint === number && failure === SUCCESS);
      expect(latency.counts.reduce((a, b) => a + b)).toBe(own.length);
      const sum = own.reduce((total, { latencyMs }) => total + latencyMs, 0);
      expect(latency.sums.reduce((a, b) => a + b)).toBeCloseTo(sum, 6);
      expect(latency.largest).toBe(Math.max(...own.map(({ latencyMs }) => latencyMs)));
    }
  });

  it("give each dyno of a fleet the requests that its threads took, and its busy threads", () => {
    for (const [number, { requestsPerDyno, busyPerDynoMeasured }] of record.fleets.entries()) {
      expect(requestsPerDyno).toHaveLength(number + 1);
      for (const [dyno, requests] of requestsPerDyno.entries()) {
        const sentThere = answers.filter((answer) => answer.fleet === number && answer.dyno === dyno);
        // Some that timed out in line were still waiting at the end, and those refused were never taken.
        const refused = sentThere.filter(({ failure }) => failure === FAILURE["backlog-full"]).length;
        expect(requests).toBeLessThanOrEqual(record.sent);
        expect(Math.abs(requests - (sentThere.length - refused))).toBeLessThanOrEqual(8);
        expect(busyPerDynoMeasured[dyno]).toBeGreaterThan(0);
        expect(busyPerDynoMeasured[dyno]).toBeLessThanOrEqual(7000 * (number === 0 ? 2 : 1));
      }
    }
  });

  it("are those of the whole where there is one endpoint and one fleet", () => {
    const whole = recordOf({ open: { requestsPerSecond: 20 }, fleet: { backlog: 1 }, run: { warmupS: 1 } });
    expect(failures(whole)["backlog-full"]).toBeGreaterThan(0);
    for (const part of [...whole.endpoints, ...whole.fleets]) {
      expect([...part.counts]).toEqual([whole.sent, whole.ok, ...whole.failedByKind]);
    }
    expect(whole.endpoints[0]?.latency).toEqual(whole.latency);
    expect(stages(whole).wait).toBeCloseTo(100 * whole.ok, 6);
  });
});

it("a closed client's requests go where each endpoint is served", () => {
  const answers = answersOf(
    two(
      { steps: [wait(100)] },
      { kind: "closed", clients: 1, mix: undefined, journey: ["a", "b"], ...ONCE, thinkMs: 0 },
    ),
  );
  expect(answers.slice(0, 4).map(({ fleet }) => fleet)).toEqual([0, 1, 0, 1]);
});
