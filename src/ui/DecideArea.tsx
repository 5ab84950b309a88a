import { lazy, Suspense } from "react";
import { DecidePanel } from "./decide/DecidePanel";
import { changesBetween } from "./scenario/changes/changes-between";
import { parameterName, parametersOf, parameterValueText } from "./scenario/parameters";
import { ErrorBoundary } from "./shell/ErrorBoundary";
import { type ControlWords, ControlWordsContext, type SettingEditorProps } from "./shell/parameters";
import { useStudy } from "./shell/session-context";

const FetchedEditor = lazy(() => import("./scenario/SettingEditor"));

function SettingEditor(props: SettingEditorProps) {
  return (
    <Suspense fallback={null}>
      <FetchedEditor {...props} />
    </Suspense>
  );
}

const WORDS: ControlWords = {
  changesBetween,
  parametersOf,
  nameOf: parameterName,
  valueText: parameterValueText,
  SettingEditor,
};

/** The question that is asked, with what it can move told in the words of the controls. */
export default function DecideArea() {
  const question = useStudy((state) => state.question);
  if (question === null) return null;
  return (
    <ErrorBoundary
      part="The question"
      advice="The scenario and its figures are kept. Try again, or reload the page."
    >
      <ControlWordsContext value={WORDS}>
        <DecidePanel question={question} />
      </ControlWordsContext>
    </ErrorBoundary>
  );
}
