import { useEffect, useState } from "react";
import { Button } from "../controls/Button";
import { IconButton } from "../controls/IconButton";
import { X } from "../controls/more-icons";
import { usePreferences, useScenario, useSession } from "./session-context";
import styles from "./Tour.module.css";

interface TourStep {
  readonly title: string;
  readonly text: string;
  /** The element that the step is about. */
  readonly target: string;
}

const STEPS: readonly TourStep[] = [
  {
    target: "verdict",
    title: "Is it all right?",
    text: "The first line says what limits this system and the arithmetic behind it. “Try it” applies what it suggests.",
  },
  {
    target: "controls",
    title: "What happens if I change this?",
    text: "Move a slider: every request is simulated again while you drag. Press / to find a control by its name.",
  },
  {
    target: "charts",
    title: "Compared with what?",
    text: "Press P to pin a run. Figures then show the difference, and every chart keeps it as a faint line. S shares.",
  },
];

/** Marks an element as long as the step about it is shown. */
function useOutlined(target: string | null) {
  useEffect(() => {
    if (target === null) return;
    const element = document.getElementById(target);
    element?.setAttribute("data-tour", "");
    return () => element?.removeAttribute("data-tour");
  }, [target]);
}

/** Offered on the first visit, never forced: three steps, over the page's corner. */
export default function Tour() {
  const session = useSession();
  const isSeen = usePreferences((state) => state.tourSeen);
  const [position, setPosition] = useState<number | null>(null);
  const step = position === null ? null : (STEPS[position] ?? null);
  useOutlined(isSeen ? null : (step?.target ?? null));
  // An offer only: whoever has begun to work is not to work around it.
  const hasBegun = useScenario((state) => state.canUndo);
  if (isSeen || (position === null && hasBegun)) return null;

  const finish = () => session.preferences.setState({ tourSeen: true });
  const isLast = position === STEPS.length - 1;

  return (
    <section className={styles.card} aria-label="Tour">
      <header className={styles.header}>
        <h2 className={styles.title}>{step?.title ?? "New here?"}</h2>
        <IconButton className={styles.close} label="Dismiss the tour" onClick={finish}>
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      <p className={styles.text} aria-live="polite">
        {step?.text ?? "Three short steps show what this page answers."}
      </p>
      <div className={styles.actions}>
        <span className={styles.count}>{position === null ? "" : `${position + 1} of ${STEPS.length}`}</span>
        {step === null && (
          <Button onClick={finish} look="quiet">
            No thanks
          </Button>
        )}
        <Button onClick={() => (isLast ? finish() : setPosition(position === null ? 0 : position + 1))}>
          {step === null ? "Show me" : isLast ? "Done" : "Next"}
        </Button>
      </div>
    </section>
  );
}
