import { lazy, Suspense } from "react";
import type { Scenario } from "../../scenario/types";
import type { Answer } from "../../study/answer-types";
import type { QuestionKind } from "../../study/question-types";
import styles from "./DecidePanel.module.css";

const CompareView = lazy(() => import("./views/CompareView"));
const CapacityView = lazy(() => import("./views/CapacityView"));
const SweepView = lazy(() => import("./views/SweepView"));
const CheapestView = lazy(() => import("./views/CheapestView"));
const SensitivityView = lazy(() => import("./views/SensitivityView"));
const PrecisionView = lazy(() => import("./views/PrecisionView"));

const line = () => import("../charts/XyChart");

/** What shows the answer to each kind of question, with its chart. */
const SHOWN_BY: Readonly<Record<QuestionKind, readonly (() => Promise<unknown>)[]>> = {
  compare: [() => import("./views/CompareView"), line],
  capacity: [() => import("./views/CapacityView"), line],
  sweep: [() => import("./views/SweepView"), () => import("../charts/GridChart"), line],
  cheapest: [() => import("./views/CheapestView"), line],
  sensitivity: [() => import("./views/SensitivityView"), () => import("../charts/TornadoChart")],
  precision: [() => import("./views/PrecisionView"), line],
};

/** Fetches what will show an answer while the question is still being looked at, or simulated. */
export function fetchView(kind: QuestionKind): void {
  // What fails here is fetched again when it is shown.
  for (const fetch of SHOWN_BY[kind]) fetch().catch(() => undefined);
}

interface AnswerViewProps {
  readonly answer: Answer;
  /** What was asked about. */
  readonly base: Scenario;
}

function View({ answer, base }: AnswerViewProps) {
  switch (answer.kind) {
    case "compare":
      return <CompareView answer={answer} base={base} />;
    case "capacity":
      return <CapacityView answer={answer} base={base} />;
    case "sweep":
      return <SweepView answer={answer} base={base} />;
    case "cheapest":
      return <CheapestView answer={answer} base={base} />;
    case "sensitivity":
      return <SensitivityView answer={answer} base={base} />;
    case "precision":
      return <PrecisionView answer={answer} />;
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
