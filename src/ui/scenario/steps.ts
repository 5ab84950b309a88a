import { meanMs } from "../../scenario/duration-mean";
import { formatSegment, type PathValue } from "../../scenario/paths";
import type { Scenario, Step } from "../../scenario/types";

/** Steps in a new order: each as it was at a position of the old list, or a new one. */
export interface StepsChange {
  readonly steps: readonly Step[];
  /** For each step its position before; null for a new one. */
  readonly from: readonly (number | null)[];
}

export function stepMoved(steps: readonly Step[], from: number, to: number): StepsChange {
  const order = steps.map((_, position) => position);
  const next = order.toSpliced(from, 1).toSpliced(to, 0, from);
  return { steps: next.flatMap((position) => steps[position] ?? []), from: next };
}

export function stepRemoved(steps: readonly Step[], position: number): StepsChange {
  const order = steps.map((_, other) => other).toSpliced(position, 1);
  return { steps: steps.toSpliced(position, 1), from: order };
}

export function stepAdded(steps: readonly Step[], step: Step): StepsChange {
  return { steps: [...steps, step], from: [...steps.map((_, position) => position), null] };
}

/**
 * The changes that give an endpoint other steps. Recordings that replay it have a duration for each step: theirs move
 * along, and a new step takes its mean in each recorded request.
 */
export function stepsChanges(
  scenario: Scenario,
  endpoint: string,
  { steps, from }: StepsChange,
): PathValue[] {
  const replays = scenario.workloads.filter(
    (workload) =>
      workload.kind === "replay" && workload.endpoint === endpoint && workload.requests.length > 0,
  );
  return [
    { path: `endpoints.${formatSegment(endpoint)}.steps`, value: steps },
    ...replays.flatMap((workload) =>
      workload.kind === "replay"
        ? [
            {
              path: `workloads.${formatSegment(workload.name)}.requests`,
              value: workload.requests.map(([atMs, durations]) => [
                atMs,
                from.map((before, position) => {
                  const step = steps[position];
                  return before === null
                    ? step === undefined
                      ? 0
                      : meanMs(step.ms)
                    : (durations[before] ?? 0);
                }),
              ]),
            },
          ]
        : [],
    ),
  ];
}
