import { describe, expect, it } from "vitest";
import type { Answer } from "../../../../src/engine/record/answer-observer";
import { FAILURE, SUCCESS } from "../../../../src/engine/record/replication-record";
import {
  answersOf,
  countsOf,
  endMoments,
  recordOf,
  type TinyScenario,
} from "../../../support/tiny-scenarios";

const wait = (ms: unknown): object => ({ kind: "wait", ms });
const LOGIN = 0;
const PAGE = 1;
const LOGOUT = 2;
const endpoints = [
  { name: "login", steps: [wait(100)] },
  { name: "page", steps: [wait(200)] },
  { name: "logout", steps: [wait(50)] },
];
const JOURNEY = ["login", "page", "page", "logout"];
const wide = { threads: 1000 };

const sends = (answers: readonly Answer[]): [atMs: number, endpoint: number][] =>
  answers.map(({ sentAtMs, endpoint }): [number, number] => [sentAtMs, endpoint]).sort(([a], [b]) => a - b);

describe("a journey of closed clients", () => {
  const closed = { name: "users", kind: "closed", clients: 1, journey: JOURNEY };

  it("sends its endpoints one after the other with thinkMs between, and then begins anew", () => {
    const answers = answersOf({ workloads: [{ ...closed, thinkMs: 1000 }], endpoints, fleet: wide });
    expect(sends(answers)).toEqual([
      [0, LOGIN],
      [1100, PAGE],
      [2300, PAGE],
      [3500, LOGOUT],
    ]);
    const longer = answersOf({
      durationS: 6,
      workloads: [{ ...closed, thinkMs: 1000 }],
      endpoints,
      fleet: wide,
    });
    expect(sends(longer).slice(4)).toEqual(
      [
        [4550, LOGIN],
        [5650, PAGE],
      ].slice(0, longer.length - 4),
    );
  });

  it("ends with a failure, and the client begins anew after its pause", () => {
    const answers = answersOf({
      workloads: [{ ...closed, thinkMs: 100, afterFailureMs: 300 }],
      endpoints,
      fleet: wide,
      edge: { timeoutMs: 150 },
    });
    // The first page fails at 350.
    expect(sends(answers).slice(0, 4)).toEqual([
      [0, LOGIN],
      [200, PAGE],
      [650, LOGIN],
      [850, PAGE],
    ]);
  });

  it("goes on where a retry succeeds", () => {
    const answers = answersOf({
      workloads: [
        { ...closed, thinkMs: 20, retries: { attempts: 3, backoffMs: 40, backoffFactor: 1, jitter: false } },
        { name: "other", kind: "replay", endpoint: "page", requests: [[110, [100]]] },
      ],
      endpoints,
      fleet: { threads: 1, backlog: 0 },
    });
    // The other has the thread from 110 to 210: the first page is refused three times.
    expect(sends(answers.filter(({ workload }) => workload === 0)).slice(0, 7)).toEqual([
      [0, LOGIN],
      [120, PAGE],
      [160, PAGE],
      [200, PAGE],
      [240, PAGE],
      [460, PAGE],
      [680, LOGOUT],
    ]);
  });
});

describe("a journey of an open workload", () => {
  const open = { name: "site", kind: "open", arrivals: "paced", journey: JOURNEY };

  it("is a visit for each arrival: the endpoints one after the other, with thinkMs between, once", () => {
    const answers = answersOf({
      workloads: [{ ...open, requestsPerSecond: 0.5, thinkMs: 30 }],
      endpoints,
      fleet: wide,
    });
    const visit = [0, 130, 360, 590].map((atMs, i) => [atMs, [LOGIN, PAGE, PAGE, LOGOUT][i]]);
    expect(sends(answers)).toEqual([
      ...visit,
      ...visit.map(([atMs, endpoint]) => [(atMs ?? 0) + 2000, endpoint]),
    ]);
    expect(answers.map(({ number }) => number)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it("is over with a failure", () => {
    const answers = answersOf({
      workloads: [{ ...open, requestsPerSecond: 0.5 }],
      endpoints,
      fleet: wide,
      edge: { timeoutMs: 150 },
    });
    expect(sends(answers)).toEqual([
      [0, LOGIN],
      [100, PAGE],
      [2000, LOGIN],
      [2100, PAGE],
    ]);
  });

  it("is over too when the client gives up", () => {
    const answers = answersOf({
      workloads: [{ ...open, requestsPerSecond: 0.5, giveUpAfterMs: 120 }],
      endpoints,
      fleet: wide,
    });
    expect(sends(answers)).toHaveLength(4);
  });

  it("overlaps with other visits, and draws by the visit's number and the request's place in it", () => {
    const random = [{ name: "page", steps: [wait({ dist: "exponential", mean: 300 })] }];
    const visits = (fleet: object): Map<string, number> => {
      const places = new Map<number, number>();
      const answers = answersOf({
        workloads: [{ ...open, requestsPerSecond: 20, journey: ["page", "page", "page"] }],
        endpoints: random,
        fleet,
      });
      return new Map(
        answers.map((answer) => {
          const place = places.get(answer.number) ?? 0;
          places.set(answer.number, place + 1);
          return [`${answer.number}/${place}`, answer.latencyMs - answer.queueMs];
        }),
      );
    };
    const [crowded, free] = [visits({ threads: 12 }), visits(wide)];
    expect(crowded.size).toBeGreaterThan(100);
    for (const [request, ms] of crowded) expect(ms).toBeCloseTo(free.get(request) ?? ms, 6);
    expect(new Set(free.values()).size).toBe(free.size);
  });

  it("waits at least a millisecond between two sends", () => {
    const answers = answersOf({
      durationS: 0.4,
      workloads: [{ ...open, requestsPerSecond: 1 }],
      endpoints: endpoints.map(({ name }) => ({ name, steps: [wait(0.25)] })),
    });
    expect(sends(answers).map(([atMs]) => atMs)).toEqual([0, 1, 2, 3]);
  });
});

describe("a mix", () => {
  const mix = { page: 0.7, search: 0.2, admin: 0.1 };
  const parts = (kind: object, fleet: object = wide): TinyScenario => ({
    workloads: [{ name: "site", mix, ...kind }],
    endpoints: [
      { name: "admin", steps: [wait(1)] },
      { name: "page", steps: [wait(10)] },
      { name: "search", steps: [wait(20)] },
    ],
    fleet,
  });
  const open = { kind: "open", requestsPerSecond: 1000, arrivals: "paced" };

  it.each([
    ["open", open],
    ["closed", { kind: "closed", clients: 20, thinkMs: 10 }],
    ["burst", { kind: "burst", clients: 500, everyMs: 500, spreadMs: 400 }],
  ])("sends each endpoint as often as its share says: %s", (_kind, kind) => {
    const answers = answersOf(parts(kind));
    for (const [endpoint, share] of [0.1, 0.7, 0.2].entries()) {
      const count = answers.filter((answer) => answer.endpoint === endpoint).length;
      const deviation = Math.sqrt(answers.length * share * (1 - share));
      expect(Math.abs(count - answers.length * share)).toBeLessThan(4 * deviation);
    }
  });

  it("gives each request the steps of its endpoint", () => {
    for (const { endpoint, latencyMs } of answersOf(parts(open)))
      expect(latencyMs).toBeCloseTo([1, 10, 20][endpoint] ?? Number.NaN, 6);
  });

  it("gives the same request the same endpoint, whatever else changes", () => {
    const endpointOf = (fleet: object): Map<number, number> =>
      new Map(answersOf(parts(open, fleet)).map(({ number, endpoint }) => [number, endpoint]));
    const [crowded, free] = [endpointOf({ threads: 2 }), endpointOf(wide)];
    expect(crowded.size).toBeGreaterThan(500);
    // At the end some are refused at once that would have been served later.
    for (const [number, endpoint] of crowded) expect(free.get(number) ?? endpoint).toBe(endpoint);
  });

  it("is counted by endpoint: sent, answered, failed, and latencies of its own", () => {
    const record = recordOf({ ...parts(open), edge: { timeoutMs: 15 } });
    const counts = record.endpoints.map(countsOf);
    const answers = answersOf({ ...parts(open), edge: { timeoutMs: 15 } });
    for (const [endpoint, count] of counts.entries()) {
      const own = answers.filter((answer) => answer.endpoint === endpoint);
      expect(count.ok).toBe(own.filter(({ failure }) => failure === SUCCESS).length);
      expect(count.failed).toBe(own.filter(({ failure }) => failure === FAILURE.timeout).length);
    }
    expect(counts[2]?.ok).toBe(0);
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(record.sent);
    expect(record.endpoints.map(({ latency }) => latency.largest).map(Math.round)).toEqual([1, 10, 0]);
    expect(endMoments(answers).length).toBe(counts.reduce((sum, { ok, failed }) => sum + ok + failed, 0));
  });
});
