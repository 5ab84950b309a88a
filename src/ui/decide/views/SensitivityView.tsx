import { useMemo } from "react";
import type { Scenario } from "../../../scenario/types";
import type { Difference, SensitivityAnswer, SensitivityBar } from "../../../study/answer-types";
import type { TornadoModel } from "../../charts/TornadoChart";
import { useControlWords } from "../../shell/parameters";
import { tornadoChart } from "../fetched-charts";
import { differenceWords, estimateText, MEASURES, measureInLine } from "../measures";
import styles from "./views.module.css";

const { Part: TornadoChart } = tornadoChart;

interface SensitivityViewProps {
  readonly answer: SensitivityAnswer;
  readonly base: Scenario;
}

const MOST_BARS = 14;

/** Whether anything is known to come of it. */
function hasEffect({ low, high }: SensitivityBar): boolean {
  return [low, high].some(({ verdict }) => verdict === "lower" || verdict === "higher");
}

/** What each input does to a figure where it is a little smaller or larger. */
export default function SensitivityView({ answer, base }: SensitivityViewProps) {
  const { nameOf, valueText } = useControlWords();
  const { of, by, bars, leftOut } = answer;
  // A list of what does not matter is no picture.
  const drawn = bars.filter(hasEffect).slice(0, MOST_BARS);
  const others = bars.filter((bar) => !drawn.includes(bar));
  const share = `${Number((by * 100).toPrecision(3))} %`;
  const model = useMemo<TornadoModel>(() => {
    const end = (path: string, value: number, difference: Difference) => ({
      input: valueText(path, value),
      mean: difference.mean,
      half: difference.half,
      text: differenceWords(of, difference).text,
    });
    return {
      id: "sensitivity",
      title: `What ${measureInLine(of)} does where an input is ${share} less or more`,
      reading: `From ${estimateText(of, answer.base)}; the largest effect first`,
      axisTitle: `${MEASURES[of].label}, difference`,
      quantity: MEASURES[of].quantity,
      base: estimateText(of, answer.base),
      ends: { low: `${share} less`, high: `${share} more` },
      bars: drawn.map(({ path, value, lowValue, highValue, low, high }) => ({
        key: path,
        label: `${nameOf(path, base)} ${valueText(path, value)}`,
        low: end(path, lowValue, low),
        high: end(path, highValue, high),
      })),
    };
  }, [answer.base, drawn, base, nameOf, of, share, valueText]);
  return (
    <div className={styles.answer}>
      <div className={styles.headline}>
        <p className={styles.sentence}>{headline(answer, (path) => nameOf(path, base), share)}</p>
      </div>
      <TornadoChart model={model} />
      {(others.length > 0 || leftOut.length > 0) && (
        <details className={styles.details}>
          <summary>
            {others.length > 0 &&
              `${others.length} ${others.length === 1 ? "input" : "inputs"} without an effect that can be shown`}
            {others.length > 0 && leftOut.length > 0 && ", "}
            {leftOut.length > 0 && `${leftOut.length} not moved`}
          </summary>
          <ul className={styles.list}>
            {others.map(({ path, low, high }) => (
              <li key={path}>
                {nameOf(path, base)}: {share} less {differenceWords(of, low).text}, {share} more{" "}
                {differenceWords(of, high).text}
              </li>
            ))}
            {leftOut.map(({ path, reason }) => (
              <li key={path}>
                {nameOf(path, base)}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function headline(
  { of, bars, isComplete }: SensitivityAnswer,
  nameOf: (path: string) => string,
  share: string,
): string {
  const shown = bars.filter(({ low, high }) =>
    [low, high].some(({ verdict }) => verdict === "lower" || verdict === "higher"),
  );
  const [first, second] = shown;
  if (first === undefined) {
    return isComplete
      ? `No input changes ${measureInLine(of)} by more than chance when it is ${share} less or more.`
      : "Nothing is known yet.";
  }
  const worst = [first.low, first.high].reduce((one, other) =>
    Math.abs(other.mean ?? 0) > Math.abs(one.mean ?? 0) ? other : one,
  );
  const way = worst === first.low ? "less" : "more";
  const rest = second === undefined ? "" : ` Next comes: ${nameOf(second.path)}.`;
  return `What matters most is: ${nameOf(first.path)}. With ${share} ${way}, ${measureInLine(of)} is ${differenceWords(of, worst).text}.${rest}`;
}
