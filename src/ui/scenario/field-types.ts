import type { Workload } from "../../scenario/types";
import type { Unit } from "../controls/quantity";
import type { ScaleRange } from "../controls/scale";
import type { GlossaryKey } from "../shell/glossary";
import type { Facts } from "./facts";
import type { FieldId, GroupId } from "./field-places";

interface FieldBase {
  /** Also the id of the control's element, so that it can be found and focused. */
  readonly id: FieldId;
  readonly label: string;
  /** One line: what it is. */
  readonly explanation: string;
  readonly term?: GlossaryKey;
  /** Instead of a word of the glossary: the label's one-line meaning, which the first load need not carry. */
  readonly meaning?: string;
  /** Further words to find it by. */
  readonly keywords?: string;
  /** Where the control makes sense for some traffic only. */
  readonly isFor?: (workload: Workload) => boolean;
  /** What the setting means together with the others, in one line; null where it implies nothing. */
  readonly implied?: (facts: Facts) => string | null;
}

interface NumberField extends FieldBase {
  readonly kind: "number";
  readonly unit: Unit;
  /** What the document allows, in its unit. */
  readonly minimum: number;
  readonly maximum: number;
  readonly integer: boolean;
  /** What an arrow key in the field adds, in the document's unit. */
  readonly step: number;
  /** The slider's narrower range; null for a field without a slider. */
  readonly slider: ScaleRange | null;
  /** Where null is allowed: what null is called, and the value to begin with when it is switched on. */
  readonly nullable?: { readonly whenNull: string; readonly startWith: number };
}

interface SwitchField extends FieldBase {
  readonly kind: "switch";
}

interface ChoiceField extends FieldBase {
  readonly kind: "choice";
  readonly options: readonly { readonly value: string; readonly label: string; readonly meaning: string }[];
}

/** A number of milliseconds or a distribution. */
interface DurationField extends FieldBase {
  readonly kind: "duration";
  /** As for numbers. */
  readonly nullable?: { readonly whenNull: string; readonly startWith: number };
}

/** Drawn by a component of its own; listed so that it can be found, counted and reset. */
interface CustomField extends FieldBase {
  readonly kind: "custom";
}

/** A row of a table of fields. */
export type FieldRow = NumberField | SwitchField | ChoiceField | DurationField | CustomField;

/** Its group, and where its value stands in the document, with `*` for the item that is shown. */
interface Placed {
  readonly group: GroupId;
  readonly path: string;
}

export type NumberFieldDefinition = NumberField & Placed;
export type SwitchFieldDefinition = SwitchField & Placed;
export type ChoiceFieldDefinition = ChoiceField & Placed;
export type DurationFieldDefinition = DurationField & Placed;
export type FieldDefinition =
  | NumberFieldDefinition
  | SwitchFieldDefinition
  | ChoiceFieldDefinition
  | DurationFieldDefinition
  | (CustomField & Placed);
