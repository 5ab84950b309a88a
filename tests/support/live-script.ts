import fc from "fast-check";
import type { RunSummary } from "../../src/analysis/result-types";
import { applyChanges } from "../../src/scenario/paths";
import { afterSetting } from "../../src/scenario/sizes";
import type { Scenario } from "../../src/scenario/types";
import { entriesOf, whyNot } from "../../src/store/live-actions";
import type { LiveAction } from "../../src/store/live-state";
import { LiveTimeline } from "../../src/store/live-timeline";
import type { EnginePort } from "../../src/workers/engine-port";
import { LiveSystem } from "../../src/workers/live-system";

/** Something that a reader does after a while: an action, or values for fields, as shares of what is allowed. */
export interface Deed {
  readonly afterMs: number;
  readonly deed: LiveAction | { readonly do: "edit"; readonly field: number; readonly share: number };
}

/** Fields that a running system can be given other values of, where a scenario has them. */
function fields({
  workloads,
  endpoints,
  fleets,
}: Scenario): readonly (readonly [string, readonly unknown[]])[] {
  return [
    ...workloads.flatMap(({ name, kind }) => {
      const at = `workloads.${name}`;
      if (kind === "replay") return [];
      const profile = [
        [
          [0, 1],
          [3, 2],
        ],
        [[0, 0]],
        null,
      ] as const;
      const size =
        kind === "open"
          ? ([`${at}.requestsPerSecond`, [0, 5, 60]] as const)
          : ([`${at}.clients`, [0, 3, 20]] as const);
      return [size, [`${at}.profile`, profile] as const];
    }),
    ...endpoints.map(({ name }) => [`endpoints.${name}.steps.0.ms`, [1, 20, 100]] as const),
    ...fleets.flatMap(({ name }) => {
      const at = `fleets.${name}`;
      return [
        [`${at}.dynos`, [1, 3, 7]] as const,
        [`${at}.threads`, [1, 4, 6]] as const,
        [`${at}.balancer`, ["random", "round-robin", "least-outstanding"]] as const,
        [`${at}.pool.size`, [1, 4, 8]] as const,
        [`${at}.boot.preboot`, [true, false]] as const,
        [`${at}.healthCheck`, [{ throughApp: true }, null]] as const,
      ];
    }),
    ["edge.timeoutMs", [50, 500, null]],
    ["edge.maxConnections", [5, 50, null]],
    ["pooler.enabled", [true, false]],
    ["pooler.connections", [1, 5, 9]],
    ["database.plan", ["standard-0", "premium-2"]],
    ["database.replicas.count", [0, 1, 2]],
  ];
}

const action = (fleet: string): fc.Arbitrary<LiveAction> =>
  fc.constantFrom<LiveAction>(
    { do: "deploy", fleet },
    { do: "killDyno", fleet },
    { do: "failover" },
    { do: "restartDatabase" },
    { do: "spike" },
  );

/** What a reader may do to a scenario within some seconds. */
export const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.record({
    afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1500 })),
    deed: fc.oneof(
      { weight: 1, arbitrary: action("web") },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant("edit" as const),
          field: fc.double({ min: 0, max: 0.999, noNaN: true }),
          share: fc.double({ min: 0, max: 0.999, noNaN: true }),
        }),
      },
    ),
  }),
  { maxLength: 8 },
);

function edited(scenario: Scenario, { field, share }: Extract<Deed["deed"], { do: "edit" }>): Scenario {
  const all = fields(scenario);
  const [path, values] = all[Math.floor(field * all.length)] ?? ["", []];
  const result = applyChanges(scenario, [{ path, value: values[Math.floor(share * values.length)] }]);
  return result.ok ? result.scenario : scenario;
}

/** What is left of a live session: the scenario it is kept as, what the reader saw at its end, and the values by then. */
export interface PlayedSession {
  readonly kept: Scenario;
  readonly written: Scenario;
  readonly durationS: number;
  readonly endMs: number;
  readonly summary: RunSummary;
  readonly present: Scenario;
  /** Deeds that a running system could not do. */
  readonly refused: number;
}

/** Plays a session as page and worker do together, without either. @param eventsAtATime how it is divided into steps */
export function playSession<Record>(
  engine: EnginePort<Record>,
  scenario: Scenario,
  script: readonly Deed[],
  eventsAtATime: number,
): PlayedSession {
  const timeline = new LiveTimeline(scenario);
  const system = new LiveSystem(engine, timeline.sized, 0);
  let shown = timeline.present;
  let refused = 0;

  function pass(applied: number): void {
    shown = timeline.pass(applied).reduce(afterSetting, shown);
  }
  function advanceTo(untilMs: number): void {
    while (!system.advance(untilMs, eventsAtATime)) {
      // Looking changes nothing.
      if (!system.isCatchingUp) system.state();
    }
    pass(system.applied);
  }

  let nowMs = 0;
  for (const { afterMs, deed } of script) {
    nowMs += afterMs;
    advanceTo(nowMs);
    const { applied } = system;
    if (deed.do === "edit") shown = edited(shown, deed);
    else if (whyNot(deed, timeline.present, timeline.recorded, nowMs / 1000) === null)
      timeline.record(entriesOf(deed, timeline.present, nowMs / 1000));
    pass(timeline.dueAt(nowMs));
    if (!timeline.follow(shown, nowMs)) {
      refused += 1;
      shown = timeline.present;
    }
    timeline.pass(timeline.dueAt(nowMs));
    system.change(timeline.written, timeline.changesFrom(applied));
  }
  const endMs = nowMs + 500;
  advanceTo(endMs);
  return {
    kept: timeline.kept(endMs),
    written: timeline.written,
    durationS: system.durationS,
    endMs,
    summary: system.summary(0),
    present: timeline.present,
    refused,
  };
}
