import { memo } from "react";
import type { Scenario } from "../../scenario/types";
import type { Question } from "../../study/question-types";
import type { ParameterGroup } from "../shell/parameters";
import { CheapestForm } from "./forms/CheapestForm";
import { CompareForm } from "./forms/CompareForm";
import { CapacityForm, PrecisionForm, SensitivityForm } from "./forms/SmallForms";
import { SweepForm } from "./forms/SweepForm";

interface QuestionFormProps {
  readonly question: Question;
  readonly onChange: (question: Question) => void;
  readonly scenario: Scenario;
  readonly groups: readonly ParameterGroup[];
}

/** The settings of a question. Drawn anew when they change, and not with every answer: there are many fields. */
export const QuestionForm = memo(function QuestionForm({ question, ...rest }: QuestionFormProps) {
  switch (question.kind) {
    case "compare":
      return <CompareForm question={question} {...rest} />;
    case "capacity":
      return <CapacityForm question={question} {...rest} />;
    case "sweep":
      return <SweepForm question={question} {...rest} />;
    case "cheapest":
      return <CheapestForm question={question} {...rest} />;
    case "sensitivity":
      return <SensitivityForm question={question} {...rest} />;
    case "precision":
      return <PrecisionForm question={question} {...rest} />;
  }
});
