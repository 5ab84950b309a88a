import { LIMIT_STEPS } from "./heroku-limits";
import { POOLER_STEPS } from "./heroku-pooler";
import { type Story, storyOf } from "./story";

const SOURCE = 'carwow, "Scaling Ruby on Rails on Heroku with Connection Pooling", February 6, 2021';

/** Connection pooling on Heroku: from one dyno to a pooler. */
export const HEROKU_POOLING: Story = storyOf(
  {
    id: "heroku-pooling",
    title: "Connection pooling on Heroku",
    lesson:
      "Threads want connections, and the database refuses above a limit; a pooler turns failures into a short wait.",
    source: SOURCE,
  },
  {
    name: "Connection pooling on Heroku",
    notes: `After ${SOURCE}. The dyno type is assumed; nothing here needs its processor.`,
    run: { durationS: 45, warmupS: 5, seed: 1, replications: 4 },
    slo: { failureRate: 0.001 },
    workloads: [{ name: "hey", kind: "closed", clients: 15, thinkMs: 0, mix: { page: 1 } }],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: 500 },
          { kind: "wait", ms: 500 },
        ],
      },
    ],
    fleets: [{ name: "web", dynos: 1, dynoType: "standard-2x", balancer: "random" }],
    pooler: { enabled: false, mode: "transaction", connections: 90 },
    database: { plan: "standard-0" },
  },
  [...LIMIT_STEPS, ...POOLER_STEPS],
);
