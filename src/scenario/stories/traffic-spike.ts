import { LIMIT_STEPS } from "./spike-limits";
import { REQUEST_STEPS } from "./spike-requests";
import { WEB } from "./spike-system";
import { type Story, storyOf } from "./story";

const SOURCE =
  "the story of scaling Kastio, a Rails application, for the night of September 25 (year not stated)";

/** A traffic spike on one machine's architecture: what gives way, one part after the other. */
export const TRAFFIC_SPIKE: Story = storyOf(
  {
    id: "traffic-spike",
    title: "A spike of visitors",
    lesson:
      "The arithmetic of threads is only the first limit: the edge, the database's connections and memory, and one kind of request that outnumbers all others come next.",
    source: SOURCE,
  },
  {
    name: "A spike of visitors",
    notes: `After ${SOURCE}. Machines, queries and the visitors' pace are assumed.`,
    run: { durationS: 10, warmupS: 0, seed: 1, replications: 1 },
    slo: { p99Ms: 5000, failureRate: 0.001 },
    workloads: [
      { name: "spike", kind: "burst", clients: 1500, everyMs: 600_000, spreadMs: 0, mix: { page: 1 } },
    ],
    endpoints: [{ name: "page", steps: [{ kind: "wait", ms: 500 }] }],
    edge: { timeoutMs: 60_000 },
    fleets: [{ ...WEB, dynos: 5 }],
    database: { plan: "mysql.db.t3.medium", memoryPerConnectionMb: 20 },
  },
  [...LIMIT_STEPS, ...REQUEST_STEPS],
);
