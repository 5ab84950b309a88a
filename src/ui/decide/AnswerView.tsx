import { Suspense } from "react";
import type { Scenario } from "../../scenario/types";
import type { Answer } from "../../study/answer-types";
import type { QuestionKind } from "../../study/question-types";
import { type FetchedPart, fetched } from "../shell/fetched";
import styles from "./DecidePanel.module.css";
import { gridChart, tornadoChart, xyChart } from "./fetched-charts";

const compare = fetched(() => import("./views/CompareView"));
const capacity = fetched(() => import("./views/CapacityView"));
const sweep = fetched(() => import("./views/SweepView"));
const cheapest = fetched(() => import("./views/CheapestView"));
const sensitivity = fetched(() => import("./views/SensitivityView"));
const precision = fetched(() => import("./views/PrecisionView"));

/** What shows the answer to each kind of question, with its chart. */
const SHOWN_BY: Readonly<Record<QuestionKind, readonly Pick<FetchedPart<never>, "fetch">[]>> = {
  compare: [compare, xyChart],
  capacity: [capacity, xyChart],
  sweep: [sweep, gridChart, xyChart],
  cheapest: [cheapest, xyChart],
  sensitivity: [sensitivity, tornadoChart],
  precision: [precision, xyChart],
};

/** Fetches what will show an answer while the question is still being looked at, or simulated. */
export function fetchView(kind: QuestionKind): void {
  // What fails here is fetched again when it is shown.
  for (const part of SHOWN_BY[kind]) part.fetch().catch(() => undefined);
}

interface AnswerViewProps {
  readonly answer: Answer;
  /** What was asked about. */
  readonly base: Scenario;
}

function View({ answer, base }: AnswerViewProps) {
  switch (answer.kind) {
    case "compare":
      return <compare.Part answer={answer} base={base} />;
    case "capacity":
      return <capacity.Part answer={answer} base={base} />;
    case "sweep":
      return <sweep.Part answer={answer} base={base} />;
    case "cheapest":
      return <cheapest.Part answer={answer} base={base} />;
    case "sensitivity":
      return <sensitivity.Part answer={answer} base={base} />;
    case "precision":
      return <precision.Part answer={answer} />;
  }
}

/** What came of a question, as far as it is known. */
export function AnswerView(props: AnswerViewProps) {
  return (
    <Suspense fallback={<div className={styles.waiting} />}>
      <View {...props} />
    </Suspense>
  );
}
