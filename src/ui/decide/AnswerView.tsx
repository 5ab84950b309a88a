import { lazy, Suspense } from "react";
import type { Scenario } from "../../scenario/types";
import type { Answer } from "../../study/answer-types";
import styles from "./DecidePanel.module.css";

const CompareView = lazy(() => import("./views/CompareView"));
const CapacityView = lazy(() => import("./views/CapacityView"));
const SweepView = lazy(() => import("./views/SweepView"));
const CheapestView = lazy(() => import("./views/CheapestView"));
const SensitivityView = lazy(() => import("./views/SensitivityView"));
const PrecisionView = lazy(() => import("./views/PrecisionView"));

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
