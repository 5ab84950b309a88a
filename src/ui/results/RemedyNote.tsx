import type { ResultFigures } from "../../analysis/result-types";
import { formatMs, formatPercent, formatUsd } from "../../base/format";
import type { Outcome, Remedy } from "../../study/remedy";
import { useSession } from "../shell/session-context";
import styles from "./RemedyNote.module.css";
import { useRemedy } from "./use-remedy";

/** "p95 1.50 s, none of 8,000 fails". */
function figuresText({ latencyMs, failureRate, requests }: ResultFigures): string {
  const p95 = latencyMs.p95.mean === null ? "no request succeeds" : `p95 ${formatMs(latencyMs.p95.mean)}`;
  const failures = requests.failed === 0 ? "none fails" : `${formatPercent(failureRate.mean ?? 0)} fail`;
  return `${p95}, ${failures}`;
}

/** "$50 less a month". */
function costText(extraUsd: number): string {
  if (Math.abs(extraUsd) < 0.5) return "at the same cost";
  return `${formatUsd(Math.abs(extraUsd))} ${extraUsd > 0 ? "more" : "less"} a month`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function Try({ outcome }: { readonly outcome: Outcome }) {
  const session = useSession();
  return (
    <button
      type="button"
      className={styles.try}
      aria-label={`Try it: ${lowerFirst(outcome.label)}`}
      onClick={() => session.applyChanges(outcome.changes)}
    >
      Try it
    </button>
  );
}

function AdviceText({ advice }: { readonly advice: Outcome }) {
  const { figures, extraUsd } = advice;
  return figures.slo.met ? (
    <>
      Simulated: meets the objective, {figuresText(figures)}, {costText(extraUsd)}.
    </>
  ) : (
    <>Simulated: not enough by itself, {figuresText(figures)}.</>
  );
}

/** Whether the smallest change is the advice itself. */
function isAdvice({ advice, smallest }: Remedy): boolean {
  return advice !== null && JSON.stringify(advice.changes) === JSON.stringify(smallest?.changes);
}

function Found({ remedy, isDone }: { readonly remedy: Remedy; readonly isDone: boolean }) {
  const { advice, smallest, together, tried } = remedy;
  return (
    <>
      {advice !== null && <AdviceText advice={advice} />}{" "}
      {smallest !== null && isAdvice(remedy) && isDone && "No smaller single change was found."}
      {smallest !== null && !isAdvice(remedy) && (
        <>
          Smallest single change: {lowerFirst(smallest.label)}, {costText(smallest.extraUsd)} (
          {figuresText(smallest.figures)}). <Try outcome={smallest} />
        </>
      )}
      {smallest === null &&
        isDone &&
        `No single change of ${tried} that were simulated meets the objective. `}
      {together !== null && (
        <>
          Together: {lowerFirst(together.label)}, {costText(together.extraUsd)}. <Try outcome={together} />
        </>
      )}
    </>
  );
}

/** What would help, found by simulating it: whether the advice is enough, and the smallest single change that is. */
export default function RemedyNote({ figures }: { readonly figures: ResultFigures }) {
  const { remedy, status, begin } = useRemedy(figures);
  return (
    <p className={styles.note} aria-live="polite" aria-busy={status === "trying"}>
      {status === "waiting" && (
        <button type="button" className={styles.try} onClick={begin}>
          Simulate what would help
        </button>
      )}
      {remedy === null && status === "trying" && "Simulating what would help."}
      {remedy === null && status === "failed" && "What would help could not be simulated."}
      {remedy !== null && <Found remedy={remedy} isDone={status === "done"} />}
    </p>
  );
}
