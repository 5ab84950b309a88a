import type { Unit } from "../controls/quantity";
import type { ScaleRange } from "../controls/scale";
import type { GlossaryKey } from "../shell/glossary";

/** The groups of the controls column, in order. The first six are open at the start. */
export const GROUPS = [
  { id: "traffic", title: "Traffic", isAdvanced: false },
  { id: "dynos", title: "Dynos and threads", isAdvanced: false },
  { id: "pool", title: "Connection pool", isAdvanced: false },
  { id: "pooler", title: "Pooler", isAdvanced: false },
  { id: "database", title: "Database", isAdvanced: false },
  { id: "balancer", title: "Balancer", isAdvanced: false },
  { id: "request", title: "Request steps", isAdvanced: true },
  { id: "clients", title: "Client behaviour", isAdvanced: true },
  { id: "edge", title: "Timeouts and queues", isAdvanced: true },
  { id: "pool-details", title: "Pool details", isAdvanced: true },
  { id: "pooler-details", title: "Pooler details", isAdvanced: true },
  { id: "memory", title: "Application memory", isAdvanced: true },
  { id: "database-details", title: "Database details", isAdvanced: true },
  { id: "run", title: "Run", isAdvanced: true },
  { id: "objective", title: "Objective", isAdvanced: true },
] as const;

export type GroupId = (typeof GROUPS)[number]["id"];

interface FieldBase {
  /** Also the id of the control's element, so that it can be found and focused. */
  readonly id: string;
  /** Where the value stands in the document; list items by position. */
  readonly path: string;
  readonly group: GroupId;
  readonly label: string;
  /** One line: what it is. */
  readonly explanation: string;
  readonly term?: GlossaryKey;
  /** Further words to find it by. */
  readonly keywords?: string;
}

export interface NumberFieldDefinition extends FieldBase {
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

export interface SwitchFieldDefinition extends FieldBase {
  readonly kind: "switch";
}

export interface ChoiceFieldDefinition extends FieldBase {
  readonly kind: "choice";
  readonly options: readonly { readonly value: string; readonly label: string; readonly meaning: string }[];
}

/** A number of milliseconds or a distribution. */
export interface DurationFieldDefinition extends FieldBase {
  readonly kind: "duration";
}

/** Drawn by a component of its own; listed so that it can be found, counted and reset. */
export interface CustomFieldDefinition extends FieldBase {
  readonly kind: "custom";
}

export type FieldDefinition =
  | NumberFieldDefinition
  | SwitchFieldDefinition
  | ChoiceFieldDefinition
  | DurationFieldDefinition
  | CustomFieldDefinition;
