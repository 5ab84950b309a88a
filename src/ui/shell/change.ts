import type { Scenario } from "../../scenario/types";
import type { SystemPart } from "./system-parts";

/** Something that is different between two scenarios, in the words of the controls. */
export interface ChangeInWords {
  /** What it is about, and whose it is: "Clients", "Pool size of web"; where it has no values, all there is to say: "Fleet readers added". */
  readonly subject: string;
  /** null: the subject says it all. */
  readonly values: ChangedValues | null;
}

/** The same, with the part of the system that it is in; null: in none of the picture's. */
export interface Change extends ChangeInWords {
  readonly part: SystemPart | null;
}

interface ChangedValues {
  readonly from: string;
  readonly to: string;
  /** The value on its way from 0, the old one, to 1, the new one; null for what has nothing in between. */
  readonly between: ((share: number) => string) | null;
}

/** What differs between two scenarios, in words. */
export type WordsOfChanges = (before: Scenario, after: Scenario) => readonly Change[];

/** A change as a line: "Clients 500 → 200". */
export function changeText({ subject, values }: ChangeInWords): string {
  return values === null ? subject : `${subject} ${values.from} → ${values.to}`;
}
