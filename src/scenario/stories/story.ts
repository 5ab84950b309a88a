import { assert } from "../../base/assert";
import type { PathValue } from "../path-text";
import { applyChanges } from "../paths";
import { readScenario } from "../read-scenario";
import type { Scenario } from "../types";

/** What a claim is about, of one run. Milliseconds, per second, fractions, USD, or counts. */
export const METRIC_NAMES = [
  "throughput",
  "throughputMost",
  "successRate",
  "failureRate",
  "latencyMean",
  "latencyP50",
  "latencyP75",
  "latencyP90",
  "latencyP95",
  "latencyP99",
  "latencyMax",
  "queueMean",
  "queueP95",
  "queueMax",
  "checkoutMean",
  "appMean",
  "appP95",
  "monthlyUsd",
  "runUsd",
  "cpu",
  "databaseCpu",
  "replicaCpu",
  "threadsBusy",
  "poolsBusy",
  "connectionsMost",
  "queuedMost",
  "dynosLeast",
  "dynosMost",
  "dynosMean",
  "atMaximum",
  "scaledUp",
  "scaledDown",
  "replicasMost",
  "readConnectionsLeast",
  "readConnectionsMost",
  "secondsFailing",
  "requestsFailed",
  "requestsSent",
] as const;
export type Metric = (typeof METRIC_NAMES)[number];

/** A number of one run: of the step's own scenario, or of one of its variants; over a part of the run where it is a number over time. */
export interface Measured {
  readonly metric: Metric;
  /** A variant's id; absent: the step's own scenario. */
  readonly of?: string;
  /** The step that it belongs to; absent: the claim's own. */
  readonly step?: string;
  /** For `secondsFailing`, and for what is over time (dynos, replicas, connections of replicas, processors, throughput, failure rate, latency percentiles). */
  readonly fromS?: number;
  readonly toS?: number;
  /** Only failures of this kind, for `requestsFailed`. */
  readonly failure?: string;
  /** Only requests of this endpoint, for throughput, failures and latency of a whole run (not of a part of it). */
  readonly endpoint?: string;
}

/** What an article reports, or what follows from it, and how a run is held against it. */
export interface Claim {
  readonly id: string;
  /** `reported`: the article says it; `derived`: it follows by arithmetic from what the article says. */
  readonly status: "reported" | "derived";
  /** What is claimed, in plain words. */
  readonly text: string;
  readonly measured: Measured;
  /** What it is divided by, or what is taken from it. */
  readonly per?: Measured;
  readonly minus?: Measured;
  /** Bounds of what agrees, inclusive. Neither: nothing to hold it against. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Why it can't be held against a run at all. */
  readonly notComparable?: string;
  /** Known to come out otherwise, and why: checked too, so that it is noticed when it comes out after all. */
  readonly differs?: string;
  /** Whether neighbours of the assumptions are tried with it; `false` for what the assumption itself decides, with a reason in the text. */
  readonly isSensitive?: boolean;
}

/** What an article leaves open, and what was chosen. */
export interface Assumption {
  readonly what: string;
  readonly value: string;
  readonly why: string;
  /** Neighbouring values that every claim of the step is tried with. */
  readonly neighbours: readonly { readonly label: string; readonly changes: readonly PathValue[] }[];
}

/** The step's scenario once more with something different: the points of its chart. */
export interface Variant {
  readonly id: string;
  readonly label: string;
  /** Where it stands in the chart. */
  readonly x?: number;
  /** Which line of the chart it belongs to. */
  readonly line?: string;
  readonly changes: readonly PathValue[];
}

/** The chart of a step's variants. */
export interface VariantChart {
  readonly title: string;
  readonly metric: Metric;
  /** What differs between the variants: "clients", "dynos". */
  readonly axis: string;
}

/** The charts of the page that a step can be about. */
export const STORY_CHARTS = [
  "throughput",
  "latency",
  "queue",
  "connections",
  "instances",
  "replicas",
  "latency-heat",
  "dynos-heat",
  "stages",
  "distribution",
] as const;
export type StoryChart = (typeof STORY_CHARTS)[number];

export interface StepDocument {
  /** As in the story's table: "A1". */
  readonly id: string;
  readonly title: string;
  /** Plain text, with Markdown's basics. */
  readonly text: string;
  /** What the presenter says. */
  readonly note?: string;
  /** Where a pooler or proxy can do less than a connection of one's own. */
  readonly caution?: string;
  /** Takes minutes: only run when asked for. */
  readonly isLong?: boolean;
  /** The step that it changes; absent: the one before. */
  readonly after?: string;
  readonly changes: readonly PathValue[];
  readonly variants?: readonly Variant[];
  readonly chart?: VariantChart;
  readonly charts: readonly StoryChart[];
  readonly assumptions?: readonly Assumption[];
  readonly claims: readonly Claim[];
}

export interface StoryStep extends StepDocument {
  /** What the step is called in the row of steps: its id in a published story, its place in a reader's own. */
  readonly label: string;
  /** The step's own scenario: also a preset, under `presetId`. */
  readonly scenario: Scenario;
  readonly presetId: string;
}

/** An ordered list of steps on a base scenario: the unit of a design review. */
export interface Story {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it teaches. */
  readonly lesson: string;
  /** Who published what, and when; of a reader's own: empty, or what they say. */
  readonly source: string;
  /** A reader's own that came with a link, and is not kept here. */
  readonly isReceived?: boolean;
  readonly steps: readonly StoryStep[];
}

/** The preset of a story's step. */
export function stepPresetId(story: string, step: string): string {
  return `${story}.${step.toLowerCase()}`;
}

/** @param base the first step's scenario before its changes, without what is at its default. Throws where a step is not valid. */
export function storyOf(
  { id, title, lesson, source }: Omit<Story, "steps">,
  base: object,
  steps: readonly StepDocument[],
): Story {
  const read = readScenario({ schema: 1, ...base });
  assert(read.ok, `the base of the story ${id} is not valid`);
  const known = new Map<string, StoryStep>();
  let before = read.scenario;
  for (const step of steps) {
    const from = step.after === undefined ? before : known.get(step.after)?.scenario;
    assert(from !== undefined, `step ${step.id} of ${id} follows a step that is not there`);
    const named = changed(
      from,
      [...step.changes, { path: "name", value: `${step.id} · ${step.title}` }],
      step.id,
    );
    before = named;
    known.set(step.id, { ...step, label: step.id, scenario: named, presetId: stepPresetId(id, step.id) });
  }
  return { id, title, lesson, source, steps: [...known.values()] };
}

/** A scenario with changes. Throws, naming `what`, where it is not valid any more. */
function changed(scenario: Scenario, changes: readonly PathValue[], what: string): Scenario {
  const result = applyChanges(scenario, changes);
  const why = result.ok ? "" : result.problems.map(({ sentence }) => sentence).join(" ");
  assert(result.ok, `${what}: ${why}`);
  return result.scenario;
}

/** A fifth less and a fifth more of a number. */
export function around(
  path: string,
  value: number,
  others: readonly PathValue[] = [],
): Assumption["neighbours"] {
  return [0.8, 1.2].map((factor) => {
    const near = Math.round(value * factor * 1000) / 1000;
    return { label: `${path} ${near}`, changes: [...others, { path, value: near }] };
  });
}
