import { useMemo } from "react";
import { formatUsd } from "../../../base/format";
import type { Scenario } from "../../../scenario/types";
import type { Candidate, CheapestAnswer } from "../../../study/answer-types";
import type { XyModel, XyPoint } from "../../charts/xy-types";
import { Button } from "../../controls/Button";
import { CircleAlert, CircleCheck } from "../../controls/icons";
import { type ControlWords, useControlWords } from "../../shell/parameters";
import { useSession } from "../../shell/session-context";
import { bestSentence, limitsLatency, valuesText } from "../cheapest-words";
import { xyChart } from "../fetched-charts";
import { estimateText, objectiveOf, objectiveText } from "../measures";
import { openConfiguration } from "../open-configuration";
import styles from "./views.module.css";

const { Part: XyChart } = xyChart;

interface CheapestViewProps {
  readonly answer: CheapestAnswer;
  readonly base: Scenario;
}

const MEETS = { yes: "met", likely: "likely met", unlikely: "likely missed", no: "missed" } as const;

/** The cheapest configuration that meets the objective, and what speed costs. */
export default function CheapestView({ answer, base }: CheapestViewProps) {
  const session = useSession();
  const words = useControlWords();
  const model = useMemo(() => frontierModel(answer, base, words), [answer, base, words]);
  if (answer.impossible !== null) return <p className={styles.sentence}>{answer.impossible}</p>;
  const { best, frontier, sureness, ruledOut, tried, space } = answer;
  const isGood = best !== null && limitsLatency(base);
  const Mark = isGood ? CircleCheck : CircleAlert;
  const paths = tried[0]?.values.map(({ path }) => path) ?? [];
  // The search knows paths; readers know controls.
  const named = (text: string) =>
    paths.reduce((rest, path) => rest.replaceAll(path, `“${words.nameOf(path, base)}”`), text);
  const left = ruledOut.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className={styles.answer}>
      <div className={styles.headline} data-tone={isGood ? "good" : "bad"}>
        <p className={styles.sentence}>
          {answer.isComplete && <Mark size={18} aria-hidden />}
          {bestSentence(answer, base, words)}
        </p>
        {sureness.map((sentence) => (
          <p key={sentence}>{named(sentence)}</p>
        ))}
      </div>
      {best !== null && (
        <div className={styles.buttons}>
          <Button onClick={() => openConfiguration(session, base, best.values)}>Open the cheapest</Button>
        </div>
      )}
      <XyChart model={model} />
      {frontier.length > 0 && (
        <section
          className={styles.frame}
          aria-label="The frontier"
          ref={(element) => {
            if (element !== null) element.tabIndex = 0;
          }}
        >
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Monthly cost</th>
                <th scope="col">p95 latency</th>
                <th scope="col">Failure rate</th>
                <th scope="col">Objective</th>
                <th scope="col">Configuration</th>
                <th scope="col">
                  <span className="visually-hidden">Open</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {frontier.map((candidate) => {
                const name = valuesText(candidate, base, words);
                return (
                  <tr key={name}>
                    <th scope="row">{costText(candidate)}</th>
                    <td className={styles.figure}>{estimateText("p95", candidate.measures.p95)}</td>
                    <td className={styles.figure}>
                      {estimateText("failureRate", candidate.measures.failureRate)}
                    </td>
                    <td>{MEETS[candidate.meets]}</td>
                    <td className={styles.configuration}>{name}</td>
                    <td>
                      <Button
                        look="quiet"
                        className={styles.open}
                        aria-label={`Open ${name}`}
                        onClick={() => openConfiguration(session, base, candidate.values)}
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
      )}
      <details className={styles.details}>
        <summary>
          {tried.length.toLocaleString("en-US")} of {space.toLocaleString("en-US")} configurations simulated
          {left > 0 && `; why the other ${left.toLocaleString("en-US")} were not`}
        </summary>
        <ul className={styles.list}>
          {ruledOut.map(({ reason, count }) => (
            <li key={reason}>
              {count.toLocaleString("en-US")}: {named(reason)}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function costText({ measures }: Candidate): string {
  return measures.monthlyUsd.mean === null ? "not known" : formatUsd(measures.monthlyUsd.mean);
}

function frontierModel(answer: CheapestAnswer, base: Scenario, words: ControlWords): XyModel {
  const point = (candidate: Candidate): readonly XyPoint[] => {
    const { monthlyUsd, p95 } = candidate.measures;
    if (monthlyUsd.mean === null || p95.mean === null) return [];
    return [{ x: monthlyUsd.mean, value: p95.mean, note: valuesText(candidate, base, words) }];
  };
  const limit = objectiveOf("p95", base.slo);
  const cost = (candidate: Candidate | null) => candidate?.measures.monthlyUsd.mean ?? null;
  const [present, best] = [cost(answer.present), cost(answer.best)];
  const meeting = answer.tried.filter(({ meets }) => meets === "yes" || meets === "likely");
  const missing = answer.tried.filter(({ meets }) => meets === "no" || meets === "unlikely");
  return {
    id: "frontier",
    title: "What a lower p95 latency costs",
    reading: "Each point is a configuration; none beats those on the line in both",
    empty: answer.tried.length === 0 ? "Nothing is simulated yet." : null,
    xAxis: { title: "monthly cost", quantity: "usd" },
    yAxis: { title: "p95 latency", quantity: "ms" },
    lines: [
      {
        key: "missing",
        label: "tried, misses the objective",
        look: "dots",
        color: "var(--chart-5)",
        points: missing.flatMap(point),
      },
      {
        key: "meeting",
        label: "tried, meets it",
        look: "dots",
        color: "var(--chart-3)",
        points: meeting.flatMap(point),
      },
      {
        key: "frontier",
        label: "frontier of cost and speed",
        look: "line",
        color: "var(--chart-1)",
        points: answer.frontier.flatMap(point),
      },
    ],
    marks: [
      ...(present === null ? [] : [{ x: present, label: "now", kind: "bound" as const }]),
      ...(best === null ? [] : [{ x: best, label: "cheapest", kind: "objective" as const }]),
    ],
    limits:
      limit === null
        ? []
        : [{ value: limit, label: `objective ${objectiveText("p95", base.slo)}`, kind: "objective" }],
  };
}
