import { useMemo } from "react";
import { applyChanges } from "../../../scenario/paths";
import type { Scenario } from "../../../scenario/types";
import type { CompareAnswer, ComparedColumn, ComparedRow, Difference } from "../../../study/answer-types";
import type { MeasureName } from "../../../study/question-types";
import { Button } from "../../controls/Button";
import { ArrowDown, ArrowUp, CircleCheck } from "../../controls/icons";
import { changeText } from "../../shell/change";
import { useControlWords } from "../../shell/parameters";
import { useSession } from "../../shell/session-context";
import { comparedCharts, LOOKS } from "../compared-charts";
import { xyChart } from "../fetched-charts";
import { differenceWords, halfText, MEASURES, measureText } from "../measures";
import styles from "./views.module.css";

const { Part: XyChart } = xyChart;
const LETTERS = ["A", "B", "C", "D"];

interface CompareViewProps {
  readonly answer: CompareAnswer;
  readonly base: Scenario;
}

/** Scenarios side by side: figures with their differences, what differs, and common charts. */
export default function CompareView({ answer, base }: CompareViewProps) {
  const session = useSession();
  const charts = useMemo(() => comparedCharts(answer.columns), [answer.columns]);
  const open = answer.rows.filter(({ differences }) =>
    differences.some((difference) => difference?.verdict === "unknown"),
  );
  return (
    <div className={styles.answer}>
      {/* It scrolls where it is wide, so it has to take the focus. */}
      <section
        className={styles.frame}
        aria-label="Figures side by side"
        ref={(element) => {
          if (element !== null) element.tabIndex = 0;
        }}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">Figure</span>
              </th>
              {answer.columns.map((column, place) => (
                <th scope="col" key={LETTERS[place]}>
                  <ColumnHead column={column} place={place} base={base} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.rows.map((row) => (
              <Row key={row.measure} row={row} />
            ))}
          </tbody>
        </table>
      </section>
      <div className={styles.buttons}>
        {answer.isComplete && open.length > 0 && (
          <Button onClick={() => runLonger(session, answer)}>
            Run longer: {answer.replications * 2} replications
          </Button>
        )}
        <p className={styles.details}>
          {answer.replications} {answer.replications === 1 ? "replication" : "replications"} of each, with the
          same random numbers
          {answer.isComplete &&
            open.length > 0 &&
            `; no difference can be shown yet in ${open.length === 1 ? "one figure" : `${open.length} figures`}`}
        </p>
      </div>
      <WhatDiffers answer={answer} base={base} />
      <div className={styles.charts}>
        {charts.map((model) => (
          <XyChart key={model.id} model={model} />
        ))}
      </div>
    </div>
  );
}

function runLonger(session: ReturnType<typeof useSession>, { replications }: CompareAnswer): void {
  const { question } = session.study.store.getState();
  if (question?.kind === "compare")
    session.study.ask({ ...question, replications: Math.min(1000, replications * 2) });
}

interface ColumnHeadProps {
  readonly column: ComparedColumn;
  readonly place: number;
  readonly base: Scenario;
}

function ColumnHead({ column, place, base }: ColumnHeadProps) {
  const session = useSession();
  const look = LOOKS[place % LOOKS.length] ?? LOOKS[0];
  const name = column.name || "Unnamed scenario";
  return (
    <span className={styles.columnName}>
      <svg width={22} height={8} aria-hidden="true">
        <line x1={0} x2={22} y1={4} y2={4} stroke={look.color} strokeWidth={2} strokeDasharray={look.dash} />
      </svg>
      <span>
        {LETTERS[place]} · {name}
      </span>
      {place > 0 && (
        <Button
          look="quiet"
          className={styles.open}
          aria-label={`Open ${name}`}
          onClick={() => {
            const { ok, scenario } = applyChanges(base, column.changes);
            session.replaceScenario(ok ? scenario : column.scenario);
          }}
        >
          Open
        </Button>
      )}
    </span>
  );
}

function Row({ row: { measure, values, differences } }: { readonly row: ComparedRow }) {
  return (
    <tr>
      <th scope="row">{MEASURES[measure].label}</th>
      {values.map((value, place) => (
        <td key={LETTERS[place]}>
          <span className={styles.value}>{measureText(measure, value.mean)}</span>{" "}
          <span className={styles.half}>{halfText(measure, value)}</span>
          <DifferenceText measure={measure} difference={differences[place] ?? null} />
        </td>
      ))}
    </tr>
  );
}

interface DifferenceTextProps {
  readonly measure: MeasureName;
  readonly difference: Difference | null;
}

/** What is better has a mark beside its colour; what is worse has none of both. */
function DifferenceText({ measure, difference }: DifferenceTextProps) {
  if (difference === null) return null;
  const { text, tone, direction } = differenceWords(measure, difference);
  const Arrow = direction === "lower" ? ArrowDown : ArrowUp;
  return (
    <span className={styles.difference} data-tone={tone}>
      {tone === "better" && <CircleCheck size={12} aria-hidden />}
      {tone === "worse" && <Arrow size={12} aria-hidden />}
      <span>
        {text}
        {tone === "better" && <span className="visually-hidden">, which is better</span>}
      </span>
    </span>
  );
}

function WhatDiffers({ answer, base }: CompareViewProps) {
  const { changesBetween } = useControlWords();
  return (
    <div className={styles.differing}>
      {answer.columns.slice(1).map(({ name, scenario }, place) => {
        const changes = changesBetween(base, scenario);
        return (
          <div key={LETTERS[place + 1]}>
            <h3>
              What differs in {LETTERS[place + 1]} · {name}
            </h3>
            <ul>
              {changes.map((change) => (
                <li key={change.subject}>{changeText(change)}</li>
              ))}
              {changes.length === 0 && <li>Nothing</li>}
            </ul>
          </div>
        );
      })}
    </div>
  );
}
