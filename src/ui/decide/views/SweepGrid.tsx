import { type ReactNode, useCallback, useMemo, useState } from "react";
import type { Scenario } from "../../../scenario/types";
import type { SweepAnswer } from "../../../study/answer-types";
import { MEASURE_NAMES } from "../../../study/question-types";
import { Button } from "../../controls/Button";
import { SelectField } from "../../controls/SelectField";
import { useControlWords } from "../../shell/parameters";
import { useSession } from "../../shell/session-context";
import { gridChart } from "../fetched-charts";
import { Labelled } from "../fields";
import { estimateText, MEASURE_OPTIONS, MEASURES } from "../measures";
import { openConfiguration } from "../open-configuration";
import { type GridMeasure, gridModel } from "../sweep-grid";
import styles from "./views.module.css";

const { Part: GridChart } = gridChart;

interface SweepPartProps {
  readonly answer: SweepAnswer;
  readonly base: Scenario;
  readonly save: ReactNode;
}

/** Two parameters: a heat map of a chosen figure, and all figures of the cell that is pointed at. */
export function SweepGrid({ answer, base, save }: SweepPartProps) {
  const session = useSession();
  const words = useControlWords();
  const [measure, setMeasure] = useState<GridMeasure>("p95");
  const grid = useMemo(() => gridModel(answer, base, measure, words), [answer, base, measure, words]);
  const [moved, setFocused] = useState<number | null>(null);
  const focused = moved ?? grid.present;
  const cell = answer.cells[grid.cellAt(focused)];

  const open = useCallback(
    (place: number) => {
      const opened = answer.cells[grid.cellAt(place)];
      if (opened === undefined) return;
      openConfiguration(
        session,
        base,
        answer.axes.map(({ path, values }, axis) => ({ path, value: values[opened.at[axis] ?? 0] })),
      );
    },
    [answer, base, grid, session],
  );

  return (
    <>
      <div className={styles.buttons}>
        <Labelled label="Colours show">
          {(id) => (
            <SelectField
              value={measure}
              groups={[...MEASURE_OPTIONS, { value: "met", label: "Objective met" }]}
              onChange={(next) => setMeasure(next as GridMeasure)}
              labelledBy={id}
            />
          )}
        </Labelled>
        {save}
      </div>
      <GridChart model={grid.model} focused={focused} onFocus={setFocused} onOpen={open} />
      <section className={styles.cell} aria-label="The cell">
        <div className={styles.readoutHead}>
          <span className={styles.value}>
            {cell === undefined
              ? ""
              : answer.axes
                  .map(({ path, values }, axis) => {
                    const value = words.valueText(path, values[cell.at[axis] ?? 0]);
                    return `${words.nameOf(path, base)} ${value}`;
                  })
                  .join(" · ")}
          </span>
          <Button onClick={() => open(focused)}>Open this scenario</Button>
        </div>
        <dl className={styles.readout}>
          {MEASURE_NAMES.map((name) => (
            <div key={name}>
              <dt>{MEASURES[name].label}</dt>
              <dd>
                {cell?.measures === null || cell === undefined
                  ? "–"
                  : estimateText(name, cell.measures[name])}
              </dd>
            </div>
          ))}
          <div>
            <dt>Objective</dt>
            <dd>{cell?.problem ?? (cell?.isMet == null ? "–" : cell.isMet ? "met" : "missed")}</dd>
          </div>
        </dl>
      </section>
    </>
  );
}
