import type { PrecisionAnswer } from "../../../study/answer-types";
import type { XyModel } from "../../charts/xy-types";
import { Button } from "../../controls/Button";
import { useScenario, useSession } from "../../shell/session-context";
import { xyChart } from "../fetched-charts";
import { estimateText, MEASURES, measureInLine, measureText } from "../measures";
import { endedSentence, warmupSentence } from "../precision-words";
import { pointAt } from "./lines";
import styles from "./views.module.css";

const { Part: XyChart } = xyChart;

/** How the interval became narrower with each round, and how many runs it took. */
export default function PrecisionView({ answer }: { readonly answer: PrecisionAnswer }) {
  const session = useSession();
  const run = useScenario((state) => state.scenario.run);
  const { of, within, estimate, replications, warmup } = answer;
  const isUsed = run.replications === replications && run.warmupS === warmup.usedS;
  const band = estimate.mean === null ? null : within * Math.abs(estimate.mean);
  const model: XyModel = {
    id: "precision",
    title: `The interval of ${measureInLine(of)} narrows with each round`,
    reading: `Now ${estimateText(of, estimate)} after ${replications} replications`,
    empty: answer.history.length === 0 ? "Nothing is known yet." : null,
    xAxis: { title: "replications", quantity: "count" },
    yAxis: { title: MEASURES[of].label, quantity: MEASURES[of].quantity },
    xRange: [0, Math.max(...answer.history.map((round) => round.replications), 1) * 1.02],
    isFitted: true,
    lines: [
      {
        key: "estimate",
        label: `${MEASURES[of].label} with its 95 % interval`,
        look: "line",
        ...{ color: "var(--chart-1)" },
        points: answer.history.flatMap((round) => pointAt(round.replications, round.estimate)),
      },
    ],
    limits:
      estimate.mean === null || band === null
        ? []
        : [
            { value: estimate.mean + band, label: `wanted: ± ${measureText(of, band)}`, kind: "bound" },
            { value: estimate.mean - band, label: "", kind: "bound" },
          ],
  };
  return (
    <div className={styles.answer}>
      <div className={styles.headline}>
        <p className={styles.sentence}>{endedSentence(answer)}</p>
        <p>{warmupSentence(answer)}</p>
      </div>
      {answer.ended !== null && estimate.mean !== null && (
        <div className={styles.buttons}>
          <Button
            disabled={isUsed}
            onClick={() =>
              session.applyChanges([
                { path: "run.replications", value: replications },
                ...(warmup.usedS > run.warmupS ? [{ path: "run.warmupS", value: warmup.usedS }] : []),
              ])
            }
          >
            {isUsed ? `The scenario runs ${replications} replications` : `Use ${replications} replications`}
          </Button>
        </div>
      )}
      <XyChart model={model} />
    </div>
  );
}
