import type { ReactNode } from "react";
import type { Estimate, ResultFigures } from "../../analysis/result-types";
import { formatCount } from "../../base/format";
import { ArrowDown, ArrowUp, CircleAlert } from "../controls/icons";
import { differenceText, figureText, halfWidthText, limitText } from "../shell/figure-text";
import { Term } from "../shell/Term";
import { compareEstimates } from "./comparison";
import styles from "./FigureTile.module.css";
import { commonestFailure } from "./failure-words";
import type { FigureDefinition } from "./figures";
import { runCostText } from "./run-cost-text";

interface FigureTileProps {
  readonly definition: FigureDefinition;
  readonly figures: ResultFigures;
  readonly baseline: ResultFigures | null;
}

/** The number itself. Nothing failed is said in words: "0.00 %" could be a rounded something. */
function Value({ definition, figures }: Omit<FigureTileProps, "baseline">) {
  const { mean } = definition.estimate(figures);
  if (definition.kind === "share") {
    const { ok, failed } = figures.requests;
    if (failed === 0 && ok > 0) {
      return (
        <>
          <span className={styles.word}>none</span>{" "}
          <span className={styles.count}>
            of {ok < 100_000 ? ok.toLocaleString("en-US") : formatCount(ok)}
          </span>
        </>
      );
    }
  }
  if (mean === null) return <span className={styles.nothing}>nothing to measure</span>;
  const { value, unit } = figureText(definition.kind, mean);
  return (
    <>
      {value}
      {unit !== "" && <span className={styles.unit}>{unit === "/s" ? unit : ` ${unit}`}</span>}
    </>
  );
}

/** Half of the interval; a dash keeps its place while too few replications have run for one. */
function Interval({
  definition,
  estimate,
}: {
  readonly definition: FigureDefinition;
  readonly estimate: Estimate;
}) {
  if (definition.kind === "money" || estimate.mean === null) return null;
  if (estimate.ci95 === null) {
    return (
      <span className={styles.pending}>
        <span aria-hidden="true">± –</span>
        <span className="visually-hidden">interval not known yet</span>
      </span>
    );
  }
  const half = (estimate.ci95[1] - estimate.ci95[0]) / 2;
  if (half === 0 && definition.kind === "share") return null;
  return <span>{`± ${halfWidthText(definition.kind, half)}`}</span>;
}

/** The difference from the pinned baseline: size, direction, and whether it is more than noise. */
function Difference({ definition, figures, baseline }: FigureTileProps): ReactNode {
  if (baseline === null) return null;
  const comparison = compareEstimates(definition.estimate(figures), definition.estimate(baseline));
  if (comparison === null) return "not comparable";
  const { difference, judgement } = comparison;
  if (difference === 0) return "as the baseline";
  if (judgement === "noise") return "within noise";
  const Arrow = difference > 0 ? ArrowUp : ArrowDown;
  return (
    <span className={styles.difference} data-judgement={judgement}>
      <Arrow className={styles.arrow} size={12} aria-hidden />
      <span className="visually-hidden">compared with the baseline </span>
      {differenceText(definition.kind, difference)}
    </span>
  );
}

const CENTS = { minimumFractionDigits: 2, maximumFractionDigits: 2 };

/** What stands beside the figure. */
function note(definition: FigureDefinition, figures: ResultFigures): string {
  if (definition.id === "failures") {
    const failure = commonestFailure(figures.requests);
    return failure === null ? "" : failure;
  }
  if (definition.id === "cost") {
    const { perMillionRequestsUsd } = figures.cost;
    if (perMillionRequestsUsd === null) return "";
    return `$${perMillionRequestsUsd.toLocaleString("en-US", CENTS)} per million`;
  }
  return "";
}

/** One figure: name and objective, value with its unit, half interval, difference from the baseline. */
export function FigureTile({ definition, figures, baseline }: FigureTileProps) {
  const { label, term, kind, objective } = definition;
  const limit = objective === null ? null : figures.scenario.slo[objective];
  const isMissed = figures.slo.misses.some((miss) => miss.objective === objective);
  const hasFailed = kind === "share" && figures.requests.failed > 0;

  return (
    <div className={styles.tile} data-missed={isMissed || undefined} data-figure={definition.id}>
      <dt className={styles.head}>
        <Term name={term}>{label}</Term>
        {isMissed && <CircleAlert className={styles.alert} size={13} aria-hidden />}
      </dt>
      <dd className={styles.value} data-bad={hasFailed || isMissed || undefined}>
        <Value definition={definition} figures={figures} />
      </dd>
      <dd className={styles.interval}>
        <Interval definition={definition} estimate={definition.estimate(figures)} />
        {kind === "money" && note(definition, figures)}
        {limit !== null && (
          <span className={styles.objective}>
            <span className="visually-hidden">{isMissed ? "misses the objective" : "objective"} </span>
            {`≤ ${limitText(kind, limit)}`}
          </span>
        )}
      </dd>
      <dd className={styles.comparison}>
        {baseline === null && kind === "share" && (
          <span className={styles.kind}>{note(definition, figures)}</span>
        )}
        {baseline === null && kind === "money" && <span className={styles.kind}>{runCostText(figures)}</span>}
        <Difference definition={definition} figures={figures} baseline={baseline} />
      </dd>
    </div>
  );
}
