import { useEffect, useMemo, useState } from "react";
import type { ChartTable } from "./chart-table";
import styles from "./TableTwin.module.css";
import { valueText } from "./value-text";

/** More cells would keep the page from answering; the file has them all. */
const MOST_CELLS = 12_000;

interface TableTwinProps {
  readonly title: string;
  readonly table: () => ChartTable | Promise<ChartTable>;
}

/** A chart's numbers as a table, in the chart's place. */
export function TableTwin({ title, table: make }: TableTwinProps) {
  const [table, setTable] = useState<ChartTable | null>(null);
  useEffect(() => {
    let isWanted = true;
    Promise.resolve(make()).then(
      (made) => {
        if (isWanted) setTable(made);
      },
      // Without its code the frame stays empty, and the chart can be shown again.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [make]);
  return table === null ? <div className={styles.frame} /> : <Cells title={title} table={table} />;
}

interface CellsProps {
  readonly title: string;
  readonly table: ChartTable;
}

function Cells({ title, table }: CellsProps) {
  const { head, rows, quantities, rowTitle, notes } = table;
  const step = Math.max(1, Math.ceil((rows.length * head.length) / MOST_CELLS));
  const shown = useMemo(
    () =>
      rows
        .map((values, row) => ({ values, title: rowTitle(row), note: notes?.texts[row] ?? "" }))
        // What happened is never left out.
        .filter(({ note }, row) => row % step === 0 || note !== ""),
    [rows, rowTitle, notes, step],
  );
  return (
    <section className={styles.frame} aria-label={`${title}: table`} ref={makeReachable}>
      <table className={styles.table}>
        <caption className="visually-hidden">
          {title}
          {step > 1 && `, every ${step}th row; the CSV file has all`}
        </caption>
        <thead>
          <tr>
            {head.map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
            {notes !== undefined && (
              <th className={styles.note} scope="col">
                {notes.head}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ values, title: first, note }) => (
            <tr key={first}>
              <th scope="row">{first}</th>
              {values.slice(1).map((value, column) => (
                <td key={head[column + 1]}>{valueText(quantities[column + 1] ?? "count", value)}</td>
              ))}
              {notes !== undefined && <td className={styles.note}>{note}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** It scrolls, so it has to take the focus, or its end could only be reached with a mouse. */
function makeReachable(element: HTMLElement | null): void {
  if (element !== null) element.tabIndex = 0;
}
