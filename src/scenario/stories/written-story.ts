import { shortDocument } from "../differences";
import { listDifferences } from "../paths";
import type { Scenario } from "../types";
import type { Assumption, Claim, StepDocument, Story, StoryStep, Variant, VariantChart } from "./story";

/** The version of the documents that this version of Headroom writes; the file says it in the field `headroomStory`. */
export const STORY_VERSION = 1;

/** Values by path: what is put where. */
export type WrittenChanges = Readonly<Record<string, unknown>>;

/** A story as a document: what files and links hold. */
export interface WrittenStory {
  readonly headroomStory: number;
  readonly id: string;
  readonly title: string;
  readonly lesson: string;
  readonly source: string;
  /** The scenario of the first step, without what is at its default. */
  readonly base: unknown;
  readonly steps: readonly WrittenStep[];
}

export interface WrittenStep {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly note?: string;
  readonly caution?: string;
  readonly isLong?: boolean;
  /** From the step before; of the first step: from the base. */
  readonly changes: unknown;
  readonly charts: StepDocument["charts"];
  readonly chart?: VariantChart;
  readonly variants?: readonly WrittenVariant[];
  readonly assumptions?: readonly WrittenAssumption[];
  readonly claims: readonly Claim[];
}

export type WrittenVariant = Omit<Variant, "changes"> & { readonly changes: unknown };
export type WrittenAssumption = Omit<Assumption, "neighbours"> & {
  readonly neighbours: readonly { readonly label: string; readonly changes: unknown }[];
};

/** A story as a document, in which each step holds only what differs from the one before. */
export function writtenStory({ id, title, lesson, source, steps }: Story): WrittenStory {
  const first = steps[0]?.scenario;
  return {
    headroomStory: STORY_VERSION,
    id,
    title,
    lesson,
    source,
    base: first === undefined ? {} : shortDocument(unnamed(first)),
    steps: steps.map((step, place) => writtenStep(step, steps[place - 1] ?? step)),
  };
}

/** The title is the name of a step's scenario. */
function unnamed(scenario: Scenario): Scenario {
  return { ...scenario, name: "" };
}

function writtenStep(step: StoryStep, before: StoryStep): WrittenStep {
  const { id, title, text, note, caution, isLong, charts, chart, variants, assumptions, claims } = step;
  return {
    id,
    title,
    text,
    ...(note === undefined ? {} : { note }),
    ...(caution === undefined ? {} : { caution }),
    ...(isLong === undefined ? {} : { isLong }),
    changes: byPath(listDifferences(unnamed(before.scenario), unnamed(step.scenario))),
    charts,
    ...(chart === undefined ? {} : { chart }),
    ...(variants === undefined ? {} : { variants: variants.map(withWrittenChanges) }),
    ...(assumptions === undefined
      ? {}
      : {
          assumptions: assumptions.map((one) => ({
            ...one,
            neighbours: one.neighbours.map(withWrittenChanges),
          })),
        }),
    claims,
  };
}

function withWrittenChanges<T extends { readonly changes: StepDocument["changes"] }>(part: T) {
  return { ...part, changes: byPath(part.changes) };
}

function byPath(changes: StepDocument["changes"]): WrittenChanges {
  return Object.fromEntries(changes.map(({ path, value }) => [path, value]));
}
