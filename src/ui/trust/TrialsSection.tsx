import { useState } from "react";
import type { ComparedFigureName, ValidatedTrial, ValidationReport } from "../../analysis/validation-report";
import { formatCount, formatPercent } from "../../base/format";
import { SelectField } from "../controls/SelectField";
import { type Column, SortableTable } from "./SortableTable";
import { TrialDetail } from "./TrialDetail";
import styles from "./Trust.module.css";
import { errorText, FIGURE_NAMES, FIGURE_WORDS, familyText } from "./trust-text";

const ALL = "";

const COLUMNS: readonly Column<ValidatedTrial>[] = [
  {
    id: "trial",
    head: "trial",
    sortBy: ({ id }) => id,
    cell: ({ id, description }) => (
      <>
        <span className={styles.id}>{id}</span>
        <span className={styles.description}>{description}</span>
      </>
    ),
  },
  ...FIGURE_NAMES.map(
    (name): Column<ValidatedTrial> => ({
      id: name,
      head: FIGURE_WORDS[name],
      isNumber: true,
      sortBy: ({ figures }) => {
        const figure = figures[name];
        return figure === undefined ? null : Math.abs(figure.error);
      },
      cell: (trial) => <ErrorCell trial={trial} name={name} />,
    }),
  ),
];

function ErrorCell({ trial, name }: { trial: ValidatedTrial; name: ComparedFigureName }) {
  const figure = trial.figures[name];
  if (figure === undefined) return <span className={styles.none}>–</span>;
  return (
    <span className={styles.error} data-outside={!figure.inside || undefined}>
      {errorText(name, figure.error)}
      {!figure.inside && <span className="visually-hidden"> outside the interval</span>}
    </span>
  );
}

/** Whether any figure of a trial is outside its interval. */
function hasOutside({ figures }: ValidatedTrial): boolean {
  return Object.values(figures).some(({ inside }) => !inside);
}

/** Every trial of the real stack: how far the simulation is off, figure by figure. */
export function TrialsSection({ report }: { readonly report: ValidationReport }) {
  const [family, setFamily] = useState(ALL);
  const [isOnlyOutside, setOnlyOutside] = useState(false);
  const families = [...new Set(report.trials.map((trial) => trial.family))].sort();
  const shown = report.trials.filter(
    (trial) => (family === ALL || trial.family === family) && (!isOnlyOutside || hasOutside(trial)),
  );
  const figures = report.trials.flatMap((trial) => Object.values(trial.figures));
  const inside = figures.filter((figure) => figure.inside).length;
  const { trials, measuredRequests, replications } = report.generatedFrom;

  return (
    <section className={styles.section} aria-labelledby="trust-trials">
      <h2 id="trust-trials">Against a real stack</h2>
      <p>
        {trials} trials of HAProxy, Puma, PgBouncer and PostgreSQL on one machine, with{" "}
        {formatCount(measuredRequests)} requests measured. Each was simulated {replications} times, every run
        as long as the trial. A trial is one draw of a random system, so it is held against the range in which
        95 % of such runs fall, widened by 3 %: of {figures.length} measured figures, {inside} are inside (
        {formatPercent(inside / Math.max(1, figures.length))}).
      </p>
      <div className={styles.filters}>
        <SelectField
          label="Family of trials"
          value={family}
          groups={[
            { value: ALL, label: "All families" },
            ...families.map((one) => ({ value: one, label: familyText(one) })),
          ]}
          onChange={setFamily}
        />
        <label className={styles.filter}>
          <input
            type="checkbox"
            checked={isOnlyOutside}
            onChange={(event) => setOnlyOutside(event.target.checked)}
          />
          Only with a figure outside
        </label>
        <span className={styles.count} aria-live="polite">
          {shown.length} of {report.trials.length} trials
        </span>
      </div>
      <SortableTable
        caption="Trials of the real stack: error of each simulated figure"
        columns={COLUMNS}
        rows={shown}
        keyOf={({ id }) => id}
        detail={(trial) => <TrialDetail trial={trial} />}
      />
      <p className={styles.note}>
        Simulated against measured: relative, of failures in percentage points. Where every request was
        recorded, the error is that of a replay with the trial's own arrivals and durations. Marked: outside
        the range. A dash: not compared, because it was not measured, or jumps between the steps of constant
        service times. Open a row for the figures themselves.
      </p>
    </section>
  );
}
