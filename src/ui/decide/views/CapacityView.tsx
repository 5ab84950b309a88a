import { useMemo } from "react";
import type { Scenario } from "../../../scenario/types";
import type { CapacityAnswer } from "../../../study/answer-types";
import { headroomSentence, loadText } from "../../../study/headroom-words";
import type { MeasureName } from "../../../study/question-types";
import type { XyAxis, XyLine, XyMark, XyModel } from "../../charts/xy-types";
import { CircleAlert, CircleCheck } from "../../controls/icons";
import { xyChart } from "../fetched-charts";
import { MEASURES, measureText, objectiveOf, objectiveText } from "../measures";
import { pointAt } from "./lines";
import styles from "./views.module.css";

const { Part: XyChart } = xyChart;

interface CapacityViewProps {
  readonly answer: CapacityAnswer;
  readonly base: Scenario;
}

const AXES: Readonly<Record<CapacityAnswer["unit"], XyAxis>> = {
  clients: { title: "clients", quantity: "count" },
  requestsPerSecond: { title: "offered requests", quantity: "perSecond" },
  factor: { title: "times the present load", quantity: "count" },
};

/** How far a scenario goes: throughput, latency and failures against the load, with what arithmetic says. */
export default function CapacityView({ answer, base }: CapacityViewProps) {
  const charts = useMemo(() => chartsOf(answer, base), [answer, base]);
  if (answer.impossible !== null) return <p className={styles.sentence}>{answer.impossible}</p>;
  const { headroom, knee, unit, bounds } = answer;
  const isGood = headroom.kind === "none missed" || (headroom.kind === "found" && headroom.share >= 0);
  const Mark = isGood ? CircleCheck : CircleAlert;
  return (
    <div className={styles.answer}>
      <div
        className={styles.headline}
        data-tone={headroom.kind === "no objective" ? "none" : isGood ? "good" : "bad"}
      >
        <p className={styles.sentence}>
          {answer.isComplete && headroom.kind !== "no objective" && <Mark size={18} aria-hidden />}
          {answer.isComplete
            ? headroomSentence(answer)
            : "Looking for the load where the objective is missed."}
        </p>
        <p>
          {knee === null
            ? answer.isComplete && "There is no knee among the loads that were looked at."
            : `The knee is at ${loadText(unit, knee.load)}, with ${measureText("throughput", knee.throughputPerSecond)}: with less load capacity lies idle, with more requests mostly wait.`}
        </p>
      </div>
      <div className={styles.charts}>
        {charts.map((model) => (
          <XyChart key={model.id} model={model} />
        ))}
      </div>
      {bounds.length > 0 && (
        <details className={styles.details} open>
          <summary>What arithmetic says, without simulating</summary>
          <dl className={styles.bounds}>
            {bounds.map(({ label, because }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{because}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}

function chartsOf(answer: CapacityAnswer, base: Scenario): readonly XyModel[] {
  const { points, now, unit, headroom, knee } = answer;
  const loads = [...points.map(({ load }) => load), now];
  const shared: Pick<XyModel, "xAxis" | "xRange" | "empty"> = {
    xAxis: AXES[unit],
    xRange: [Math.min(0, ...loads), Math.max(...loads)],
    empty: points.length === 0 ? "Nothing is known yet." : null,
  };
  const marks: readonly XyMark[] = [
    { x: now, label: "now", kind: "bound" },
    ...(headroom.kind === "found"
      ? [
          {
            x: (headroom.metAt + headroom.missedAt) / 2,
            label: "objective’s limit",
            kind: "objective" as const,
          },
        ]
      : []),
  ];
  const line = (measure: MeasureName, place: 0 | 1): XyLine => ({
    key: measure,
    label: MEASURES[measure].label,
    look: "line",
    ...(place === 0 ? { color: "var(--chart-1)" } : { color: "var(--chart-2)", dash: "7 3" }),
    points: points.flatMap(({ load, measures }) => pointAt(load, measures[measure])),
  });
  const limit = (measure: MeasureName) => {
    const value = objectiveOf(measure, base.slo);
    if (value === null) return [];
    return [{ value, label: `objective ${objectiveText(measure, base.slo)}`, kind: "objective" as const }];
  };
  const last = points.at(-1);
  const at = last === undefined ? "" : `Up to ${loadText(unit, last.load)}`;
  return [
    {
      id: "capacity-throughput",
      title: "Throughput against the load",
      reading: at,
      ...shared,
      yAxis: { title: "answers", quantity: "perSecond" },
      lines: [line("throughput", 0), ...boundLines(answer, ["throughput"])],
      marks: knee === null ? marks : [...marks, { x: knee.load, label: "knee", kind: "bound" }],
    },
    {
      id: "capacity-latency",
      title: "Latency against the load",
      reading: at,
      ...shared,
      yAxis: { title: "latency", quantity: "ms" },
      lines: [line("p95", 0), line("mean", 1), ...boundLines(answer, ["mean", "p95"])],
      marks,
      limits: limit("p95"),
    },
    {
      id: "capacity-failures",
      title: "Failure rate against the load",
      reading: at,
      ...shared,
      yAxis: { title: "failed", quantity: "share" },
      lines: [line("failureRate", 0)],
      marks,
      limits: limit("failureRate"),
    },
  ];
}

const BOUND_LOOKS = [
  { color: "var(--ink-soft)", dash: "5 3" },
  { color: "var(--chart-4)", dash: "2 3" },
  { color: "var(--chart-3)", dash: "8 3 2 3" },
] as const;

function boundLines({ bounds }: CapacityAnswer, of: readonly string[]): readonly XyLine[] {
  return bounds
    .filter((bound) => of.includes(bound.of))
    .map(({ label, points }, place) => ({
      key: `bound ${label}`,
      label,
      look: "bound" as const,
      ...(BOUND_LOOKS[place % BOUND_LOOKS.length] ?? BOUND_LOOKS[0]),
      points: points.map(([x, value]) => ({ x, value })),
    }));
}
