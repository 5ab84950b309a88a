import type { QuestionKind } from "../../study/question-types";

interface KindWords {
  /** In the menu. */
  readonly item: string;
  readonly note: string;
  /** Over the answer. */
  readonly title: string;
  /** What the answer needs no choice for is asked at once. */
  readonly when: "now" | "later";
}

/** What can be asked, in the order of the menu. */
export const KINDS: Readonly<Record<QuestionKind, KindWords>> = {
  compare: {
    item: "Compare scenarios",
    note: "Side by side, with the same random numbers",
    title: "Which is better, and by how much?",
    when: "later",
  },
  capacity: {
    item: "How far does it go?",
    note: "Throughput, latency and failures against the load",
    title: "How far does it go?",
    when: "now",
  },
  sweep: {
    item: "Sweep one or two parameters",
    note: "Lines, or a heat map of every combination",
    title: "What do these parameters do?",
    when: "later",
  },
  cheapest: {
    item: "Cheapest that meets the objective",
    note: "Searches what you let it change",
    title: "What is the cheapest that meets the objective?",
    when: "later",
  },
  sensitivity: {
    item: "Which assumption matters?",
    note: "Moves each input a little, one at a time",
    title: "Which assumption matters most?",
    when: "now",
  },
  precision: {
    item: "As precise as I need",
    note: "Runs on until an interval is narrow enough",
    title: "How many runs until it is precise?",
    when: "now",
  },
};

export const KIND_NAMES: readonly QuestionKind[] = [
  "compare",
  "capacity",
  "sweep",
  "cheapest",
  "sensitivity",
  "precision",
];
