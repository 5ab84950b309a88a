import { GROWTH_STEPS } from "./aurora-growth";
import { LOSS_STEPS } from "./aurora-loss";
import { RAMP } from "./aurora-system";
import { type Story, storyOf } from "./story";

const SOURCE = 'Netguru, "Responsive System With AWS Aurora and a Ruby Application", about 2020';

/** Aurora, read replicas and failover: from a fixed fleet to 2,500 users without disruption. */
export const AURORA_FAILOVER: Story = storyOf(
  {
    id: "aurora-failover",
    title: "Aurora, readers and failover",
    lesson:
      "Each part that grows by itself moves the bottleneck to the next, and connections that live long keep traffic where it no longer belongs.",
    source: SOURCE,
  },
  {
    name: "Aurora, readers and failover",
    notes: `After ${SOURCE}. Machines, queries and sizes are assumed: the article names none.`,
    run: { durationS: 900, warmupS: 0, seed: 1, replications: 1 },
    slo: { failureRate: 0.001 },
    workloads: [
      {
        name: "users",
        kind: "closed",
        clients: 2500,
        thinkMs: { dist: "exponential", mean: 10_000 },
        startSpreadMs: 10_000,
        profile: RAMP,
        mix: { browse: 0.9, change: 0.1 },
      },
    ],
    endpoints: [
      {
        name: "browse",
        safe: true,
        steps: [
          { kind: "cpu", ms: { dist: "exponential", mean: 80 } },
          { kind: "query", ms: 15, cpuMs: 1.6, count: 4, access: "read" },
        ],
      },
      {
        name: "change",
        steps: [
          { kind: "cpu", ms: { dist: "exponential", mean: 80 } },
          { kind: "query", ms: 15, cpuMs: 1.6, count: 4, access: "write" },
        ],
      },
    ],
    edge: { timeoutMs: 10_000 },
    fleets: [
      {
        name: "web",
        balancer: "round-robin",
        dynos: 3,
        dynoType: "m5.large",
        processes: 2,
        threads: 5,
        skipsAbandoned: true,
        pool: { size: 5 },
      },
    ],
    database: {
      plan: "db.t3.medium",
      memoryPerConnectionMb: 40,
      replicas: { dnsTtlS: 5, lagMs: 20 },
      failover: { detectS: 10, promoteS: 20, tcpTimeoutS: 900 },
    },
  },
  [...GROWTH_STEPS, ...LOSS_STEPS],
);
