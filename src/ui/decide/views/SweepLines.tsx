import { type ReactNode, useMemo, useState } from "react";
import { getAt } from "../../../scenario/paths";
import type { Scenario } from "../../../scenario/types";
import type { SweepAnswer } from "../../../study/answer-types";
import { MEASURE_NAMES, type MeasureName } from "../../../study/question-types";
import type { XyModel } from "../../charts/xy-types";
import { Button } from "../../controls/Button";
import { useControlWords } from "../../shell/parameters";
import { useSession } from "../../shell/session-context";
import { rangeOf } from "../axis-values";
import { xyChart } from "../fetched-charts";
import { estimateText, MEASURES, objectiveOf, objectiveText } from "../measures";
import { openConfiguration } from "../open-configuration";
import { pointAt } from "./lines";
import styles from "./views.module.css";

const { Part: XyChart } = xyChart;

interface SweepPartProps {
  readonly answer: SweepAnswer;
  readonly base: Scenario;
  readonly save: ReactNode;
}

/** One parameter: a chart of each chosen figure, and the values to open. */
export function SweepLines({ answer, base, save }: SweepPartProps) {
  const session = useSession();
  const { nameOf, valueText } = useControlWords();
  const [chosen, setChosen] = useState<readonly MeasureName[]>(["throughput", "p95"]);
  const [axis] = answer.axes;
  const charts = useMemo(() => {
    if (axis === undefined) return [];
    const name = nameOf(axis.path, base);
    return chosen.map((measure) =>
      lineModel(answer, base, measure, name, (value) => valueText(axis.path, value)),
    );
  }, [answer, axis, base, chosen, nameOf, valueText]);
  if (axis === undefined) return null;

  return (
    <>
      <div className={styles.buttons}>
        <fieldset className={styles.measures} aria-label="Figures to draw">
          {MEASURE_NAMES.map((measure) => (
            <label key={measure} className={styles.measure}>
              <input
                type="checkbox"
                checked={chosen.includes(measure)}
                onChange={({ target }) =>
                  setChosen(
                    MEASURE_NAMES.filter((one) => (one === measure ? target.checked : chosen.includes(one))),
                  )
                }
              />
              {MEASURES[measure].label}
            </label>
          ))}
        </fieldset>
        {save}
      </div>
      <div className={styles.charts}>
        {charts.map((model) => (
          <XyChart key={model.id} model={model} />
        ))}
      </div>
      <section
        className={styles.frame}
        aria-label="Values"
        ref={(element) => {
          if (element !== null) element.tabIndex = 0;
        }}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{nameOf(axis.path, base)}</th>
              {chosen.map((measure) => (
                <th scope="col" key={measure}>
                  {MEASURES[measure].label}
                </th>
              ))}
              <th scope="col">Objective</th>
              <th scope="col">
                <span className="visually-hidden">Open</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.cells.map(({ at, measures, isMet, problem }) => {
              const value = axis.values[at[0] ?? 0];
              const name = valueText(axis.path, value);
              return (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {chosen.map((measure) => (
                    <td key={measure}>
                      {measures === null ? "–" : estimateText(measure, measures[measure])}
                    </td>
                  ))}
                  <td>{problem ?? (isMet === null ? "–" : isMet ? "met" : "missed")}</td>
                  <td>
                    <Button
                      look="quiet"
                      className={styles.open}
                      aria-label={`Open ${nameOf(axis.path, base)} ${name}`}
                      onClick={() => openConfiguration(session, base, [{ path: axis.path, value }])}
                    >
                      Open
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </>
  );
}

function lineModel(
  { axes, cells }: SweepAnswer,
  base: Scenario,
  measure: MeasureName,
  name: string,
  textOf: (value: unknown) => string,
): XyModel {
  const values = axes[0]?.values ?? [];
  const isNumeric = values.every((value) => typeof value === "number");
  const xOf = (place: number) => (isNumeric ? Number(values[place]) : place);
  const present = getAt(base, axes[0]?.path ?? "");
  const limit = objectiveOf(measure, base.slo);
  const { label, quantity } = MEASURES[measure];
  return {
    id: `sweep-${measure}`,
    title: `${label} by ${name.charAt(0).toLowerCase()}${name.slice(1)}`,
    reading: "With its 95 % interval",
    empty: cells.every(({ replications }) => replications === 0) ? "Nothing is simulated yet." : null,
    xAxis: {
      title: name,
      quantity: "count",
      ...(isNumeric ? { isLog: rangeOf(values).isLog } : { names: values.map(textOf) }),
    },
    yAxis: { title: label, quantity },
    lines: [
      {
        key: measure,
        label,
        look: isNumeric ? "line" : "dots",
        color: "var(--chart-1)",
        points: cells.flatMap(({ at, measures }) =>
          measures === null ? [] : pointAt(xOf(at[0] ?? 0), measures[measure]),
        ),
      },
    ],
    marks: isNumeric && typeof present === "number" ? [{ x: present, label: "now", kind: "bound" }] : [],
    limits:
      limit === null
        ? []
        : [{ value: limit, label: `objective ${objectiveText(measure, base.slo)}`, kind: "objective" }],
  };
}
