import { useState } from "react";
import type { TheoryCase, TheoryReport } from "../../analysis/theory-report";
import { formatCount, formatPercent } from "../../base/format";
import { SelectField } from "../controls/SelectField";
import { Met } from "./Met";
import { type Column, SortableTable } from "./SortableTable";
import styles from "./Trust.module.css";
import { theoryText } from "./trust-text";

const ALL = "";

/** How far a figure is off, as a share of what it should be; null where that is 0. */
function relativeError({ exact, measured }: TheoryCase): number | null {
  return exact === 0 ? null : Math.abs(measured - exact) / Math.abs(exact);
}

const COLUMNS: readonly Column<TheoryCase>[] = [
  {
    id: "case",
    head: "case",
    sortBy: ({ group, name }) => `${group} ${name}`,
    cell: ({ group, name }) => (
      <>
        <span className={styles.id}>{name}</span>
        <span className={styles.description}>{group}</span>
      </>
    ),
  },
  { id: "quantity", head: "figure", sortBy: ({ quantity }) => quantity, cell: ({ quantity }) => quantity },
  {
    id: "exact",
    head: "exact",
    isNumber: true,
    sortBy: ({ exact }) => exact,
    cell: ({ unit, exact }) => theoryText(unit, exact),
  },
  {
    id: "measured",
    head: "simulated",
    isNumber: true,
    sortBy: ({ measured }) => measured,
    cell: ({ unit, measured, halfWidth, resolution }) => (
      <>
        {theoryText(unit, measured)}{" "}
        <span className={styles.bound}>
          ± {theoryText(unit, halfWidth, 2)}
          {resolution > 0 && ` ± ${theoryText(unit, resolution, 2)}`}
        </span>
      </>
    ),
  },
  {
    id: "error",
    head: "off by",
    isNumber: true,
    sortBy: relativeError,
    cell: (one) => {
      const error = relativeError(one);
      return error === null ? "–" : formatPercent(error);
    },
  },
  {
    id: "within",
    head: "outcome",
    sortBy: ({ within, repeated }) => (within ? (repeated ? 1 : 2) : 0),
    cell: ({ within, repeated }) => (
      <>
        <Met is={within} yes="agrees" no="does not agree" />
        {repeated && <span className={styles.bound}> measured twice</span>}
      </>
    ),
  },
  { id: "formula", head: "formula or table", cell: ({ formula }) => formula },
];

/** Every exact result of queueing theory that the engine is held against. */
export function TheorySection({ report }: { readonly report: TheoryReport }) {
  const [group, setGroup] = useState(ALL);
  const groups = [...new Set(report.cases.map((one) => one.group))];
  const shown = report.cases.filter((one) => group === ALL || one.group === group);
  const repeated = report.cases.filter((one) => one.repeated).length;
  return (
    <section className={styles.section} aria-labelledby="trust-theory">
      <h2 id="trust-theory">Against theory</h2>
      <p>
        Small systems have exact answers: formulas, printed tables, or chains that are solved number by
        number. Here are {report.cases.length} of their figures beside the engine's. A figure agrees where the
        exact result lies inside the engine's 99 % interval over replications; one in a hundred lies outside
        by chance, and is then measured again, four times as long and with other random numbers
        {repeated === 0 ? "." : `, as ${repeated} ${repeated === 1 ? "was" : "were"}.`}
      </p>
      <div className={styles.filters}>
        <SelectField
          label="Group of cases"
          value={group}
          groups={[{ value: ALL, label: "All groups" }, ...groups.map((one) => ({ value: one, label: one }))]}
          onChange={setGroup}
        />
        <span className={styles.count} aria-live="polite">
          {formatCount(shown.length)} of {formatCount(report.cases.length)} cases
        </span>
      </div>
      <SortableTable
        caption="Cases of queueing theory: exact and simulated"
        columns={COLUMNS}
        rows={shown}
        keyOf={({ group: of, name, quantity }) => `${of} ${name} ${quantity}`}
      />
      <p className={styles.note}>
        A second ± is what a figure may differ by for a reason that is known beforehand: the width of a
        percentile's bin, or a limit that a system of this size does not reach.
      </p>
    </section>
  );
}
