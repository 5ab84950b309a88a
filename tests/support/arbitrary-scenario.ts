import fc from "fast-check";
import { formatPath } from "../../src/scenario/path-text";
import { readScenario } from "../../src/scenario/read-scenario";
import type { RecordShape, Shape, VariantShape } from "../../src/scenario/shape";
import { SCENARIO_SHAPE } from "../../src/scenario/shapes/scenario-shape";
import type { Distribution, Duration, Scenario } from "../../src/scenario/types";

interface Names {
  readonly fleets: readonly string[];
  readonly endpoints: readonly string[];
}

/** Names that people give, and names that try to be something else: an index, a path, a number, markup. */
const name = fc.oneof(
  fc.constantFrom(
    "web",
    "page",
    "hey",
    "site",
    "search",
    "read only",
    "0",
    "1",
    "a.b",
    "x%41",
    "50%",
    "=&#+?",
  ),
  fc.constantFrom(
    "true",
    "null",
    "exponential(5)",
    '{"a":1}',
    "<b>",
    "über",
    "日本",
    "🚀",
    "-1e5",
    " ",
    "….",
  ),
  fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 }).filter((text) => !(text in {})),
);

function names(maximum: number): fc.Arbitrary<readonly string[]> {
  return fc.uniqueArray(name, { minLength: 1, maxLength: maximum });
}

/** Numbers near the bounds, round ones, and any others. */
function numbers(shape: Extract<Shape, { kind: "number" }>): fc.Arbitrary<number> {
  const { minimum, maximum, whole, above } = shape;
  if (whole) {
    const small = fc.integer({ min: minimum, max: Math.min(maximum, minimum + 50) });
    return fc.oneof(
      small,
      fc.maxSafeInteger().map((n) => clamp(n, minimum, maximum)),
      fc.constant(maximum),
    );
  }
  const any = fc.double({ min: minimum, max: maximum, minExcluded: above, noNaN: true });
  const round = fc
    .integer({ min: 1, max: 2000 })
    .map((n) => clamp(n / 4, above ? minimum + 0.25 : minimum, maximum));
  return fc.oneof({ arbitrary: round, weight: 3 }, any, fc.constant(maximum));
}

function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(maximum, Math.max(minimum, value));
}

function sharesOf(known: readonly string[]): fc.Arbitrary<Readonly<Record<string, number>>> {
  return fc
    .tuple(
      fc.subarray([...known], { minLength: 1 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 9 }),
    )
    .map(([chosen, weights]) => {
      const parts = chosen.map((_, index) => weights[index % weights.length] ?? 1);
      const sum = parts.reduce((total, part) => total + part, 0);
      return Object.fromEntries(chosen.map((key, index) => [key, (parts[index] ?? 1) / sum]));
    });
}

/** Whatever a shape allows, as a document would write it: sometimes with fields left out. */
function anyOf(shape: Shape, known: Names): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case "number":
      return numbers(shape);
    case "flag":
      return fc.boolean();
    case "text":
      return shape.isName ? name : fc.oneof(name, fc.string({ unit: "grapheme", maxLength: 40 }));
    case "word":
      return fc.constantFrom(...shape.words);
    case "reference":
      return fc.constantFrom(...known[shape.to]);
    case "catalogue":
      return fc.constantFrom(...shape.examples);
    case "anything":
      return fc.constant(null);
    case "nullable":
    case "optional":
      return fc.oneof(fc.constant(null), anyOf(shape.of, known));
    case "either":
      return fc.oneof(anyOf(shape.plain, known), anyOf(shape.spelled, known));
    case "record":
      return anyRecord(shape, known);
    case "variant":
      return anyVariant(shape, known);
    case "list":
      return fc.array(anyOf(shape.of, known), { minLength: shape.minimum, maxLength: shape.minimum + 2 });
    case "tuple":
      return fc.tuple(...shape.of.map((of) => anyOf(of, known)));
    case "shares":
      return sharesOf(known[shape.to]);
  }
}

function anyRecord(shape: RecordShape, known: Names): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(
    Object.entries(shape.fields).map(([field, of]) => [field, anyOf(of, known)]),
  );
  return shape.indivisible
    ? fc.record(fields)
    : fc.record(fields, { requiredKeys: ["schema"].filter((k) => k in fields) });
}

function anyVariant(shape: VariantShape, known: Names): fc.Arbitrary<unknown> {
  return fc.oneof(
    ...shape.variants.map(({ word, record }) =>
      anyRecord(record, known).chain((fields) => {
        const entry = { ...fields, [shape.tag]: word };
        if (word !== "set") return fc.constant(entry);
        return fc
          .constantFrom(...known.fleets)
          .chain((fleet) =>
            fc.constantFrom(
              { ...entry, path: formatPath(["fleets", fleet, "dynos"]), value: 12 },
              { ...entry, path: formatPath(["fleets", fleet, "autoscaler"]), value: { min: 1 } },
              { ...entry, path: "pooler.enabled", value: true },
              { ...entry, path: "edge.timeoutMs", value: null },
            ),
          );
      }),
    ),
  );
}

/** A document with these fleets and endpoints, and anything else as it comes. */
function anyDocument(known: Names): fc.Arbitrary<Record<string, unknown>> {
  const { fleets, endpoints, ...rest } = SCENARIO_SHAPE.fields;
  const others = fc.record(
    Object.fromEntries(Object.entries(rest).map(([field, shape]) => [field, anyOf(shape, known)])),
    { requiredKeys: ["schema"] },
  );
  const named = (shape: Shape | undefined, own: readonly string[]) =>
    fc.tuple(
      ...own.map((itemName) => {
        const item = shape?.kind === "list" ? anyOf(shape.of, known) : fc.constant({});
        return item.map((fields) => ({ ...(fields as object), name: itemName }));
      }),
    );
  return fc
    .tuple(others, named(fleets, known.fleets), named(endpoints, known.endpoints))
    .map(([fields, fleetItems, endpointItems]) => ({
      ...fields,
      fleets: fleetItems,
      endpoints: endpointItems,
    }));
}

/**
 * Any valid scenario of the whole schema. Where the parts that came up do not fit together (a minimum above a
 * maximum), reading has put valid ones in their place.
 */
export const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({ fleets: names(3), endpoints: names(3) })
  .chain(anyDocument)
  .map((document) => readScenario(document).scenario);

const mean = fc.integer({ min: 0, max: 300 });
const variation = fc.constantFrom(0.25, 0.5, 1, 1.5, 3);

const smallDistribution: fc.Arbitrary<Distribution> = fc.oneof(
  fc.record({ dist: fc.constant("constant" as const), mean }),
  fc.record({ dist: fc.constant("exponential" as const), mean }),
  fc
    .tuple(mean, mean)
    .map(([a, b]) => ({ dist: "uniform" as const, min: Math.min(a, b), max: Math.max(a, b) })),
  fc.record({ dist: fc.constant("lognormal" as const), mean, cv: variation }),
  fc.integer({ min: 1, max: 200 }).map((p50) => ({ dist: "lognormal" as const, p50, p99: p50 * 5 })),
  fc.record({ dist: fc.constant("gamma" as const), mean, cv: variation }),
  fc.record({ dist: fc.constant("hyperexponential" as const), mean, cv: fc.constantFrom(1.5, 2, 4) }),
  fc.record({ dist: fc.constant("pareto" as const), mean, shape: fc.constantFrom(1.5, 2.5, 4) }),
  fc.constant({ dist: "empirical" as const, values: [10, 40, 250] }),
  fc.constant({ dist: "empirical" as const, values: [5, 400], weights: [9, 1] }),
);
const smallDuration: fc.Arbitrary<Duration> = fc.oneof(mean, smallDistribution);

const workload = fc.oneof(
  fc.record({
    name: fc.constant("hey"),
    kind: fc.constant("closed"),
    clients: fc.integer({ min: 0, max: 60 }),
    thinkMs: fc.oneof(fc.constant(0), smallDuration),
    afterFailureMs: fc.option(smallDuration),
    startSpreadMs: fc.constantFrom(0, 500),
  }),
  fc.record({
    name: fc.constant("site"),
    kind: fc.constant("open"),
    requestsPerSecond: fc.integer({ min: 0, max: 120 }),
    arrivals: fc.constantFrom("poisson", "paced"),
  }),
);

const step = fc.oneof(
  fc.record({ kind: fc.constant("wait"), ms: smallDuration }),
  fc.record({
    kind: fc.constant("query"),
    ms: smallDuration,
    cpuMs: fc.constant(0),
    count: fc.integer({ min: 1, max: 3 }),
    access: fc.constantFrom("read", "write"),
  }),
);

const fleet = fc.record({
  name: fc.constant("web"),
  balancer: fc.constantFrom("random", "round-robin", "least-outstanding", "power-of-two"),
  dynos: fc.integer({ min: 1, max: 8 }),
  processes: fc.integer({ min: 1, max: 2 }),
  threads: fc.integer({ min: 1, max: 6 }),
  backlog: fc.constantFrom(0, 1, 5, 1024),
  pool: fc.record({
    size: fc.integer({ min: 1, max: 6 }),
    checkoutTimeoutMs: fc.constantFrom(0, 50, 500, 5000),
    hold: fc.constantFrom("request", "query"),
    idleTimeoutS: fc.constantFrom(0.5, 2, 300),
    reapEveryS: fc.constantFrom(0.5, 60),
    connectMs: fc.constantFrom(0, 5, 100),
  }),
});

const pooler = fc.oneof(
  fc.record({ enabled: fc.constant(false) }),
  fc.record({
    enabled: fc.constant(true),
    mode: fc.constant("transaction"),
    connections: fc.integer({ min: 1, max: 12 }),
    maxClients: fc.constantFrom(1, 5, 10_000),
    waitTimeoutMs: fc.constantFrom(0, 100, 2000, 120_000),
    overheadMs: fc.constantFrom(0, 0.1, 3),
    capacityPerSecond: fc.constantFrom(50, 1000, 20_000),
    loginRetryS: fc.constantFrom(0, 1, 15),
  }),
);

const database = fc.record({
  plan: fc.oneof(
    fc.constant("standard-0"),
    fc.record({
      vcpus: fc.constantFrom(0.5, 2),
      memoryMb: fc.constantFrom(50, 100, 4096),
      monthlyUsd: fc.constantFrom(0, 50),
      connectionLimit: fc.integer({ min: 0, max: 20 }),
    }),
    fc.record({
      vcpus: fc.constantFrom(0.5, 2),
      memoryMb: fc.constantFrom(50, 4096),
      monthlyUsd: fc.constant(50),
      connectionLimit: fc.integer({ min: 1, max: 10 }),
      enforcedConnectionLimit: fc.integer({ min: 1, max: 20 }),
    }),
  ),
  reservedConnections: fc.constantFrom(0, 0, 3),
  memoryPerConnectionMb: fc.constantFrom(0, 10, 20),
  recoveryS: fc.constantFrom(0.5, 2),
});

/**
 * Valid scenarios of what the engine simulates, small enough to run by the hundred: one workload, one endpoint, one
 * fleet, every balancer, pools and limits that are reached, and databases that crash.
 */
export const simulableScenario: fc.Arbitrary<Scenario> = fc
  .record({
    schema: fc.constant(1),
    run: fc.record({
      durationS: fc.integer({ min: 2, max: 10 }),
      warmupS: fc.constantFrom(0, 0.5, 1),
      seed: fc.maxSafeNat(),
      replications: fc.integer({ min: 1, max: 2 }),
    }),
    workloads: fc.tuple(workload),
    endpoints: fc.tuple(
      fc.record({ name: fc.constant("page"), steps: fc.array(step, { minLength: 1, maxLength: 4 }) }),
    ),
    edge: fc.record({
      maxConnections: fc.constantFrom(null, 1, 2, 10, 40),
      timeoutMs: fc.constantFrom(null, 100, 500, 2000, 30_000),
    }),
    fleets: fc.tuple(fleet),
    pooler,
    database,
  })
  .map((document) => {
    const result = readScenario(document);
    if (!result.ok)
      throw new Error(`The generated scenario is not valid: ${JSON.stringify(result.problems)}`);
    return result.scenario;
  });
