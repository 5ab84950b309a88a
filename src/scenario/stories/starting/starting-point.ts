import type { PathValue } from "../../path-text";
import { type Assumption, type StepDocument, type Story, storyOf } from "../story";

const SOURCE = "none; the numbers are made up to show one mechanism, and nobody measured them";

/** A duration that varies as the times between visitors do. */
export const exponential = (mean: number): object => ({ dist: "exponential", mean });

/** So many requests a second. */
export const rate = (value: number): PathValue => ({ path: "workloads.visitors.requestsPerSecond", value });

/** Visitors who come one by one, whether or not the others have their answers. */
export const visitors = (requestsPerSecond: number, more: object = {}): object => ({
  name: "visitors",
  kind: "open",
  requestsPerSecond,
  ...more,
});

/** A fifth less and a fifth more of an exponential duration's mean. */
export function aroundMean(path: string, mean: number): Assumption["neighbours"] {
  return [0.8, 1.2].map((factor) => ({
    label: `${path} ${mean * factor} ms on average`,
    changes: [{ path, value: exponential(mean * factor) }],
  }));
}

/** A story of made-up numbers that teaches one thing. @param base without what is at its default */
export function startingPoint(
  about: Omit<Story, "steps" | "source">,
  base: object,
  steps: readonly StepDocument[],
): Story {
  const scenario = {
    name: about.title,
    notes: `${about.lesson} Made up to show one mechanism; nobody measured these numbers.`,
    run: { durationS: 60, warmupS: 10, seed: 1, replications: 8 },
    ...base,
  };
  return storyOf({ ...about, source: SOURCE }, scenario, steps);
}
