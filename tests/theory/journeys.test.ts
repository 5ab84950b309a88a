import { describe, it } from "vitest";
import type { Duration } from "../../src/scenario/types";
import { once } from "../support/once";
import { of } from "../support/theory-measures";
import { type ClassStation, closedClasses, closedNetwork } from "../support/theory-networks";
import { expectExact, fastFirst, theoryRun } from "../support/theory-runs";
import { AMPLE_THREADS, dynoOf, type Part, runFor } from "../support/theory-scenario";

/*
 * Networks of queues, with the published examples of textbooks and other solvers. A station is a fleet of one dyno whose processors are shared, a customer's round a
 * journey over all stations: only the time that is needed at each station counts, not how it is divided into visits, nor in which order. Seconds of the textbook are seconds here.
 */
const DELAY = Number.POSITIVE_INFINITY;
const MVA = "exact mean value analysis";
const exponential = (seconds: number): Duration => ({ dist: "exponential", mean: 1000 * seconds });
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `station ${i + 1}`);

interface Network {
  /** Seconds per round at each station. */
  readonly demands: readonly number[];
  /** Processors of each station; 1 where not given. */
  readonly servers?: readonly number[];
}

function fleetsAndEndpoints({ demands, servers }: Network): {
  fleets: Part[];
  endpoints: Part[];
} {
  return {
    fleets: names(demands.length).map((name, i) => ({
      name,
      ...AMPLE_THREADS,
      ...dynoOf(servers?.[i] ?? 1),
      runtime: "parallel",
    })),
    endpoints: names(demands.length).map((name, i) => ({
      name,
      fleet: name,
      steps: [{ kind: "cpu", ms: exponential(demands[i] ?? 0) }],
    })),
  };
}

interface ClosedExample extends Network {
  readonly name: string;
  readonly customers: number;
  /** Seconds per round. */
  readonly think: number;
  /** Seconds of simulated time. */
  readonly durationS: number;
}

const EXAMPLES: readonly ClosedExample[] = [
  {
    name: "Lazowska et al. (1984), p. 117: X = 0.15152, Q = 0.0976, 0.3947, 0.2350",
    demands: [0.605, 2.1, 1.35],
    customers: 3,
    think: 15,
    durationS: 10_000,
  },
  {
    name: "balanced: four equal stations, ten customers: X = N / (N + K − 1) / D",
    demands: [1, 1, 1, 1],
    customers: 10,
    think: 0,
    durationS: 10_000,
  },
  {
    name: "Jain (1991), example 34.2: X = 0.33325, Q = 1.991, 16.177, 0.500",
    demands: [2, 3, 1],
    customers: 20,
    think: 4,
    durationS: 40_000,
  },
  {
    name: "Bolch et al. (1998), example 8.3: X = 9.920, Q = 0.244, 2.261, 2.261, 1.234",
    demands: [0.2, 0.8, 0.8, 0.6],
    customers: 6,
    think: 0,
    durationS: 5000,
  },
  {
    name: "Bolch et al. (1998), example 8.4: X = 1.218, one station of two servers",
    demands: [0.5, 0.3, 0.4],
    servers: [2, 1, 1],
    customers: 3,
    think: 1,
    durationS: 5000,
  },
  {
    name: "Suri et al.: stations of 1, 2 and 4 servers: Q = 0.8712, 1.198, 5.931",
    demands: [1, 2, 8],
    servers: [1, 2, 4],
    customers: 8,
    think: 0,
    durationS: 10_000,
  },
  {
    name: "PDQ, ebiz: X = 92.39, ten times as slow",
    demands: [0.98, 0.25, 0.072, 0.98],
    customers: 10,
    think: 0,
    durationS: 10_000,
  },
  {
    name: "PDQ, httpd: 17 stations, X = 91.73, a hundred times as slow",
    demands: [1.09, ...Array.from({ length: 16 }, () => 0.0275)],
    customers: 5,
    think: 0,
    durationS: 3000,
  },
];

describe("closed networks of processors, published examples", () => {
  it.each(fastFirst(6, EXAMPLES).map((example) => [example.name, example] as const))("%s", (_, example) => {
    const { demands, servers, customers, think, durationS } = example;
    const stations = names(demands.length);
    const run = theoryRun(
      {
        run: { durationS, warmupS: durationS / 20, replications: 12 },
        workload: {
          kind: "closed",
          clients: customers,
          journey: stations,
          thinkMs: exponential(think / demands.length),
          startSpreadMs: 1000,
        },
        ...fleetsAndEndpoints(example),
      },
      0.04,
    );
    const exact = closedNetwork(
      [
        ...demands.map((demand, i) => ({ demand, servers: servers?.[i] ?? 1 })),
        { demand: think, servers: DELAY },
      ],
      customers,
    );
    expectExact(run, of.throughput, demands.length * exact.throughput, MVA);
    for (const [i, station] of stations.slice(0, 4).entries())
      expectExact(run, of.meanLatencyOf(station), 1000 * (exact.residences[i] ?? 0), MVA);
  });
});

interface OpenExample extends Network {
  readonly name: string;
  readonly rate: number;
}

const OPEN: readonly OpenExample[] = [
  {
    name: "Bolch et al. (1998), example 7.4: U = 0.8, 0.3, 0.6, 0.2",
    demands: [0.2, 0.075, 0.15, 0.05],
    rate: 4,
  },
  { name: "Lazowska et al. (1984), p. 113: U = 0.182, 0.63, 0.405", demands: [0.605, 2.1, 1.35], rate: 0.3 },
];

describe("open networks of processors (J. R. Jackson 1957): each station as if it were alone", () => {
  it.each(OPEN.map((example) => [example.name, example] as const))("%s", (_, example) => {
    const { demands, rate } = example;
    const stations = names(demands.length);
    const busiest = Math.max(...demands) * rate;
    const run = theoryRun(
      {
        run: runFor(rate, 15_000, busiest),
        workload: { kind: "open", requestsPerSecond: rate, journey: stations, thinkMs: 0 },
        ...fleetsAndEndpoints(example),
      },
      0.075,
    );
    demands.forEach((demand, i) => {
      const exact = (1000 * demand) / (1 - rate * demand);
      expectExact(run, of.meanLatencyOf(stations[i] ?? ""), exact, "D / (1 − λ D)");
    });
  });
});

interface Classes {
  readonly name: string;
  /** Seconds of each class at the web processor, and at the database's. */
  readonly web: readonly [number, number];
  readonly database: readonly [number, number];
  readonly servers?: number;
  readonly think: readonly [number, number];
  readonly customers: readonly [number, number];
  readonly durationS: number;
}

const TWO_CLASSES: readonly Classes[] = [
  {
    name: "Lazowska et al. (1984), p. 131, batch and interactive: Q = 9.717, 0.283 and 0.850, 2.090",
    web: [1, 0.1],
    database: [0.09, 0.9],
    think: [0, 30],
    customers: [10, 25],
    durationS: 6000,
  },
  {
    name: "Chandy and Neuse (1982): Q = 5.227, 2.773 and 0, 1",
    web: [1, 1],
    database: [0, 0],
    think: [8, 0],
    customers: [8, 1],
    durationS: 6000,
  },
  {
    name: "Lazowska et al. (1984), p. 138, one of each class: X = 3/19, 2/19",
    web: [1, 2],
    database: [3, 4],
    think: [0, 0],
    customers: [1, 1],
    durationS: 15_000,
  },
  {
    name: "Octave's queueing package, qncmmva: 15 and 5 customers",
    web: [0.025, 0.5],
    database: [0, 0],
    think: [1, 15],
    customers: [15, 5],
    durationS: 4000,
  },
  ...[1, 5, 20].map(
    (service): Classes => ({
      name: `Conway; de Souza e Silva and Muntz (1987), two servers, service 1 and ${service}`,
      web: [1, service],
      database: [0, 0],
      servers: 2,
      think: [6, 3],
      customers: [5, 2],
      durationS: 10_000,
    }),
  ),
];

describe("closed networks of several classes, published examples", () => {
  describe.each(fastFirst(5, TWO_CLASSES).map((example) => [example.name, example] as const))(
    "%s",
    (_, example) => {
      const { web, database, servers = 1, think, customers, durationS } = example;
      const classes = ["first", "second"] as const;
      const run = once(() =>
        theoryRun(
          {
            run: { durationS, warmupS: durationS / 20, replications: 12 },
            workloads: classes.map((name, r) => ({
              name,
              kind: "closed",
              clients: customers[r],
              thinkMs: exponential(think[r] ?? 0),
              startSpreadMs: 1000,
              mix: { [name]: 1 },
            })),
            endpoints: classes.map((name, r) => ({
              name,
              steps: [
                { kind: "cpu", ms: exponential(web[r] ?? 0) },
                { kind: "query", ms: exponential(database[r] ?? 0), cpuMs: 1e9 },
              ],
            })),
            fleet: { ...AMPLE_THREADS, ...dynoOf(servers), runtime: "parallel" },
          },
          0.035,
        ),
      );
      const stations: readonly ClassStation[] = [
        { demands: web, servers },
        { demands: database, servers: 1 },
        { demands: think, servers: DELAY },
      ];
      const exact = closedClasses(stations, customers);

      it.each([
        ["first", 0],
        ["second", 1],
      ] as const)("%s class", (name, r) => {
        const response = (exact.residences[0]?.[r] ?? 0) + (exact.residences[1]?.[r] ?? 0);
        expectExact(run(), of.throughputOf(name), exact.throughputs[r] ?? 0, MVA);
        expectExact(run(), of.meanLatencyOf(name), 1000 * response, MVA);
      });
    },
  );
});

describe("two open classes at shared processors", () => {
  it("Lazowska et al. (1984), p. 138: system response of the first class 30.08", () => {
    const [web, database] = [
      [1, 2],
      [3, 4],
    ] as const;
    const rates = [3 / 19, 2 / 19] as const;
    const classes = ["first", "second"] as const;
    const run = theoryRun(
      {
        run: runFor(rates[0] + rates[1], 40_000, 17 / 19),
        workloads: classes.map((name, r) => ({
          name,
          kind: "open",
          requestsPerSecond: rates[r],
          mix: { [name]: 1 },
        })),
        endpoints: classes.map((name, r) => ({
          name,
          steps: [
            { kind: "cpu", ms: exponential(web[r] ?? 0) },
            { kind: "query", ms: exponential(database[r] ?? 0), cpuMs: 1e9 },
          ],
        })),
        fleet: AMPLE_THREADS,
      },
      0.1,
    );
    const [webUse, databaseUse] = [7 / 19, 17 / 19];
    classes.forEach((name, r) => {
      const exact = (web[r] ?? 0) / (1 - webUse) + (database[r] ?? 0) / (1 - databaseUse);
      expectExact(run, of.meanLatencyOf(name), 1000 * exact, "Σ D / (1 − U)");
    });
  });
});

describe("an endpoint shared out over two fleets: thinned Poisson arrivals, two M/M/1", () => {
  it("70 and 30 of a hundred", () => {
    const requestsPerSecond = 10;
    const run = theoryRun(
      {
        run: runFor(requestsPerSecond, 30_000, 0.7),
        workload: { kind: "open", requestsPerSecond },
        endpoints: [{ fleet: { one: 0.7, other: 0.3 }, steps: [{ kind: "wait", ms: exponential(0.1) }] }],
        fleets: [{ name: "one" }, { name: "other" }],
      },
      0.04,
    );
    const exact = 0.7 * (100 / (1 - 0.7)) + 0.3 * (100 / (1 - 0.3));
    expectExact(run, of.meanLatency, exact, "Σ p S / (1 − p λ S)");
    expectExact(run, of.busyThreads("one"), 0.7, "p λ S");
    expectExact(run, of.busyThreads("other"), 0.3, "p λ S");
  });
});
