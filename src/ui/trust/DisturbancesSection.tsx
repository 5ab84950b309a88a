import type {
  ComparedDisturbance,
  DisturbanceFigureName,
  ValidatedDisturbance,
  ValidatedTrial,
  ValidationReport,
} from "../../analysis/validation-report";
import { formatPercent } from "../../base/format";
import { DisturbanceDetail } from "./DisturbanceDetail";
import { DISTURBANCE_WORDS, disturbanceText } from "./disturbance-text";
import { SecondsPicture } from "./SecondsPicture";
import { type Column, SortableTable } from "./SortableTable";
import styles from "./Trust.module.css";

interface DisturbedTrial extends ValidatedTrial {
  readonly disturbance: ValidatedDisturbance;
}

/** Those of the figures that stand in the table; the rest is in the opened row. */
const SHOWN = [
  "failingSpanS",
  "recoveryS",
  "zeroGoodputSeconds",
  "goodputPerSecond",
] as const satisfies readonly DisturbanceFigureName[];

function sumOf(failures: ValidatedDisturbance["failures"], side: "measured" | "simulated"): number {
  return failures.reduce((sum, failure) => sum + failure[side], 0);
}

const COLUMNS: readonly Column<DisturbedTrial>[] = [
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
  {
    id: "seconds",
    head: "every second",
    cell: ({ disturbance }) => <SecondsPicture disturbance={disturbance} size="small" />,
  },
  {
    id: "failures",
    head: "failures",
    isNumber: true,
    sortBy: ({ disturbance }) => sumOf(disturbance.failures, "measured"),
    cell: ({ disturbance: { failures } }) => (
      <Pair
        measured={formatPercent(sumOf(failures, "measured"))}
        simulated={formatPercent(sumOf(failures, "simulated"))}
        agrees={failures.every(({ agrees }) => agrees)}
      />
    ),
  },
  ...SHOWN.map(
    (name): Column<DisturbedTrial> => ({
      id: name,
      head: DISTURBANCE_WORDS[name],
      isNumber: true,
      sortBy: ({ disturbance }) => disturbance.figures[name]?.measured ?? null,
      cell: ({ disturbance }) => <FigureCell name={name} figure={disturbance.figures[name]} />,
    }),
  ),
];

function FigureCell({
  name,
  figure,
}: {
  name: DisturbanceFigureName;
  figure: ComparedDisturbance | undefined;
}) {
  if (figure === undefined) return <span className={styles.none}>–</span>;
  const { measured, simulated, agrees } = figure;
  return (
    <Pair
      measured={disturbanceText(name, measured)}
      simulated={disturbanceText(name, simulated)}
      agrees={agrees}
    />
  );
}

interface PairProps {
  readonly measured: string;
  readonly simulated: string;
  readonly agrees: boolean;
}

function Pair({ measured, simulated, agrees }: PairProps) {
  return (
    <>
      {measured}
      <span className="visually-hidden"> measured, simulated </span>
      <span aria-hidden> → </span>
      <span className={styles.error} data-outside={!agrees || undefined}>
        {simulated}
        {!agrees && <span className="visually-hidden"> does not agree</span>}
      </span>
    </>
  );
}

/** Trials in which something changes while they run, measured beside simulated, second by second. */
export function DisturbancesSection({ report }: { readonly report: ValidationReport }) {
  const disturbed = report.trials.flatMap((trial): DisturbedTrial[] =>
    trial.disturbance === null ? [] : [{ ...trial, disturbance: trial.disturbance }],
  );
  if (disturbed.length === 0) return null;
  const figures = disturbed.flatMap(({ disturbance }) => [
    ...Object.values(disturbance.figures),
    ...disturbance.failures,
  ]);
  const agreeing = figures.filter(({ agrees }) => agrees).length;
  return (
    <section className={styles.section} aria-labelledby="trust-disturbances">
      <h2 id="trust-disturbances">When something changes</h2>
      <p>
        {disturbed.length} of the trials change while they run: traffic rises to four times as much, a dyno is
        killed, the database restarts, dynos are added beyond its connection limit, health checks wait behind
        the requests. Of these every second is compared: how many requests fail and for how long, when the
        system has recovered, what it still serves meanwhile. Of {figures.length} such figures, {agreeing}{" "}
        agree ({formatPercent(agreeing / Math.max(1, figures.length))}).
      </p>
      <SortableTable
        caption="Trials in which something changes: measured and simulated"
        columns={COLUMNS}
        rows={disturbed}
        keyOf={({ id }) => id}
        detail={(trial) => <DisturbanceDetail trial={trial} disturbance={trial.disturbance} />}
      />
      <p className={styles.note}>
        Measured → mean of the simulated runs. Filled, above what succeeded and below what failed: measured;
        line: simulated; shaded: while the disturbance lasts. Marked: the measured figure is neither where 95
        % of the runs fall nor as near to their mean as was promised. Recovered: nine in ten of the requests
        sent succeed again, for three seconds; where they never do, the time until the run's end. Open a row
        for all figures and a larger picture.
      </p>
    </section>
  );
}
