import type { ReactNode } from "react";
import { NumberField } from "../controls/NumberField";
import type { QuantityRules } from "../controls/quantity";
import { Explained } from "../shell/Term";
import styles from "./NumberRows.module.css";

/** One of several numbers that are set together. */
export interface NumberRow extends QuantityRules {
  readonly key: string;
  readonly label: string;
  /** The label's one-line meaning. */
  readonly meaning?: string;
  /** What an arrow key adds. */
  readonly step: number;
}

interface NumberRowsProps {
  /** What the numbers belong to, for people who hear the page: "Database plan". */
  readonly name: string;
  readonly rows: readonly NumberRow[];
  readonly values: Readonly<Record<string, unknown>>;
  /** Applies one number; a sentence comes back where it was refused. */
  readonly onChange: (key: string, value: number) => string | null;
  /** Within something that has a frame of its own. */
  readonly isBare?: boolean;
  /** Further rows. */
  readonly children?: ReactNode;
}

/** A label at the left, and what it names at the right. */
export function Row({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }) {
  return (
    <span className={styles.field}>
      <span>{label}</span>
      {children}
    </span>
  );
}

/** Several numbers that belong to one thing, below each other. */
export function NumberRows({ name, rows, values, onChange, isBare, children }: NumberRowsProps) {
  return (
    <div className={styles.fields} data-bare={isBare || undefined}>
      {rows.map((row) => (
        <Row
          key={row.key}
          label={
            row.meaning === undefined ? row.label : <Explained meaning={row.meaning}>{row.label}</Explained>
          }
        >
          <NumberField
            value={Number(values[row.key] ?? 0)}
            rules={row}
            step={row.step}
            onCommit={(value) => onChange(row.key, value)}
            label={`${name}: ${row.label.toLowerCase()}`}
          />
        </Row>
      ))}
      {children}
    </div>
  );
}
