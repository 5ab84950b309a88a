import { type ComponentType, createContext, use } from "react";
import type { Scenario } from "../../scenario/types";
import type { QuantityRules } from "../controls/quantity";
import type { SelectGroup, SelectOption } from "../controls/SelectField";
import type { ScaleRange } from "../controls/scale";
import type { WordsOfChanges } from "./change";

/** A number that a study can move. */
interface NumberParameter {
  readonly kind: "number";
  readonly rules: QuantityRules;
  /** What an arrow key adds. */
  readonly step: number;
  /** The range that people think in; null where the document's is all there is. */
  readonly slider: ScaleRange | null;
}

/** One of several, or on and off. */
interface ChoiceParameter {
  readonly kind: "choice";
  readonly options: readonly {
    readonly value: string | boolean;
    readonly label: string;
    /** What it belongs to in a long list; "" in a short one. */
    readonly group: string;
  }[];
}

/** A control of the page as something that a study can move. */
export interface Parameter {
  readonly path: string;
  /** In a list under the title of its group: "Algorithm". */
  readonly label: string;
  /** By itself: "Balancer of web". */
  readonly name: string;
  readonly of: NumberParameter | ChoiceParameter;
}

export interface ParameterGroup {
  readonly title: string;
  readonly parameters: readonly Parameter[];
}

export interface SettingEditorProps {
  readonly path: string;
  readonly value: unknown;
  /** Applies both; a sentence comes back where they were refused. */
  readonly onChange: (path: string, value: unknown) => string | null;
}

/** How the controls call what stands in a scenario. */
export interface ControlWords {
  readonly changesBetween: WordsOfChanges;
  readonly parametersOf: (scenario: Scenario) => readonly ParameterGroup[];
  /** What stands at a path, by itself: "Pool size of web". */
  readonly nameOf: (path: string, scenario: Scenario) => string;
  /** A value that stands at a path, in words: "30 s", "least outstanding". */
  readonly valueText: (path: string, value: unknown) => string;
  readonly SettingEditor: ComponentType<SettingEditorProps>;
}

/** Given by whoever shows the questions: the words are those of another feature. */
export const ControlWordsContext = createContext<ControlWords | null>(null);

/** The words of the controls. Throws where nobody gives them, which is a defect of the page. */
export function useControlWords(): ControlWords {
  const words = use(ControlWordsContext);
  if (words === null) throw new Error("useControlWords was called outside a ControlWordsContext");
  return words;
}

/** Parameters as a list to choose from offers them. */
export function parameterOptions(groups: readonly ParameterGroup[]): readonly (SelectGroup | SelectOption)[] {
  return groups.map(({ title, parameters }) => ({
    label: title,
    options: parameters.map(({ path, label }) => ({ value: path, label })),
  }));
}
