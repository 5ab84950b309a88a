import type { ResultFigures } from "../../analysis/result-types";
import type { Outcome, Remedy } from "../../study/remedy";
import { adviceText, noneText, smallestText, togetherText, withinSentence } from "../../study/remedy-words";
import { useSession } from "../shell/session-context";
import styles from "./RemedyNote.module.css";
import { useRemedy } from "./use-remedy";

function Try({ outcome }: { readonly outcome: Outcome }) {
  const session = useSession();
  return (
    <button
      type="button"
      className={styles.try}
      aria-label={`Try it: ${withinSentence(outcome)}`}
      onClick={() => session.applyChanges(outcome.changes)}
    >
      Try it
    </button>
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
      {advice !== null && adviceText(advice)}{" "}
      {smallest !== null && isAdvice(remedy) && isDone && "No smaller single change was found."}
      {smallest !== null && !isAdvice(remedy) && (
        <>
          {smallestText(smallest)} <Try outcome={smallest} />
        </>
      )}
      {smallest === null && isDone && `${noneText(tried)} `}
      {together !== null && (
        <>
          {togetherText(together)} <Try outcome={together} />
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
