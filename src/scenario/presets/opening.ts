import { type Preset, presetOf } from "./preset";

/** What the page opens on. */
export const OPENING_PRESET_ID = "carwow-pooling";

const SOURCE =
  'After carwow, "Scaling Ruby on Rails on Heroku with Connection Pooling" (February 6, 2021). The dyno type is assumed; nothing here needs its processor.';

interface Trial {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly dynos: number;
  readonly clients: number;
  readonly pooler?: boolean;
  readonly balancer?: string;
  readonly plan?: string;
}

/** One trial of the article: everything but the few numbers that its steps vary. */
export function carwowTrial({
  id,
  title,
  description,
  dynos,
  clients,
  pooler,
  balancer,
  plan,
}: Trial): Preset {
  return presetOf(id, title, description, {
    // A name that states no setting, since settings are what a reader changes.
    name: "Connection pooling on Heroku",
    notes: `${description} ${SOURCE}`,
    run: { durationS: 45, warmupS: 5, seed: 1, replications: 8 },
    slo: { failureRate: 0.001 },
    workloads: [{ name: "hey", kind: "closed", clients, thinkMs: 0, mix: { page: 1 } }],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: 500 },
          { kind: "wait", ms: 500 },
        ],
      },
    ],
    fleets: [{ name: "web", dynos, dynoType: "standard-2x", balancer: balancer ?? "random" }],
    pooler: { enabled: pooler ?? false, mode: "transaction", connections: 90 },
    database: { plan: plan ?? "standard-0" },
  });
}

/** What a first visit opens on, and all that it needs of the presets. */
export const OPENING_PRESET: Preset = carwowTrial({
  id: OPENING_PRESET_ID,
  title: "25 dynos, no pooler",
  description:
    "One dyno more than the database can serve: 25 × 10 threads want 250 connections, and refusals begin above 240.",
  dynos: 25,
  clients: 200,
});
