import type { ReactNode } from "react";
import styles from "./ChartTooltip.module.css";
import { Swatch, type SwatchLook } from "./Swatch";

/** A row of a tooltip: what, how much, and how much it was in the pinned run. */
export interface TooltipRow {
  readonly key: string;
  readonly label: ReactNode;
  readonly value: string;
  readonly before?: string | undefined;
  readonly swatch?: SwatchLook;
}

interface ChartTooltipProps {
  readonly title: ReactNode;
  readonly rows: readonly TooltipRow[];
  /** What else is to be said, under a rule. */
  readonly notes?: readonly (string | null)[];
}

/** What stands at the cursor, in figures that line up. */
export function ChartTooltip({ title, rows, notes = [] }: ChartTooltipProps) {
  const hasBefore = rows.some(({ before }) => before !== undefined);
  return (
    <div className={styles.tooltip}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th className={styles.title} scope="col">
              {title}
            </th>
            <th scope="col">
              <span className="visually-hidden">now</span>
            </th>
            {hasBefore && (
              <th className={styles.before} scope="col">
                baseline
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, value, before, swatch }) => (
            <tr key={key}>
              <th className={styles.label} scope="row">
                {swatch !== undefined && <Swatch {...swatch} />}
                {label}
              </th>
              <td className={styles.value}>{value}</td>
              {hasBefore && <td className={styles.before}>{before ?? ""}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {notes.map((note) =>
        note === null ? null : (
          <p key={note} className={styles.note}>
            {note}
          </p>
        ),
      )}
    </div>
  );
}
