import { lazy, type ReactNode, Suspense, useMemo } from "react";
import type { ResultFigures, RunSummary } from "../../analysis/result-types";
import type { Verdict } from "../../analysis/verdict-types";
import { Button } from "../controls/Button";
import { CircleAlert, CircleCheck, CircleQuestionMark, TriangleAlert } from "../controls/icons";
import { useAnnouncement } from "../controls/use-announcement";
import { useRun, useSession } from "../shell/session-context";
import { FailurePanel } from "./FailurePanel";
import { useExplain } from "./use-explain";
import styles from "./VerdictPanel.module.css";

// After the first load: see docs/decisions/what-loads-first.md.
const RemedyNote = lazy(() => import("./RemedyNote"));

const TONES: Readonly<
  Record<Verdict["tone"], { readonly label: string; readonly Icon: typeof CircleCheck }>
> = {
  good: { label: "All right", Icon: CircleCheck },
  tight: { label: "Close to a limit", Icon: TriangleAlert },
  bad: { label: "Not all right", Icon: CircleAlert },
  open: { label: "Too early to say", Icon: CircleQuestionMark },
};

const NO_BREAKDOWN: RunSummary["breakdown"] = [];

/** How the run that is shown came about, where that needs saying. */
function RunNote() {
  const session = useSession();
  const status = useRun((state) => state.status);
  const isPreview = useRun((state) => state.isPreview);
  const progress = useRun((state) => state.progress);
  const count = useRun((state) => state.summary?.figures.replications ?? 0);
  const replications = count === 1 ? "one replication" : `${count} replications`;
  if (status === "cancelled") {
    return (
      <span className={styles.note}>
        Cancelled at {Math.round(progress * 100)} %
        <button type="button" className={styles.inline} onClick={() => session.rerun()}>
          Run it to the end
        </button>
      </span>
    );
  }
  return isPreview ? <span className={styles.note}>Preview of {replications}</span> : null;
}

interface VerdictBodyProps {
  readonly verdict: Verdict;
  readonly change: ReactNode;
  /** Of a whole run that misses its objective, for which something may be found that helps; else null. */
  readonly missing: ResultFigures | null;
}

function VerdictBody({ verdict, change, missing }: VerdictBodyProps) {
  const session = useSession();
  const { tone, sentence, arithmetic, slowest, suggestion } = verdict;
  const { label, Icon } = TONES[tone];
  return (
    <>
      <div className={styles.body}>
        <p className={styles.eyebrow}>
          <span className={styles.tone}>
            <Icon size={15} aria-hidden />
            {label}
          </span>
          {change}
          <RunNote />
        </p>
        <p className={styles.sentence}>{sentence}</p>
        <p className={styles.arithmetic}>
          {arithmetic} {slowest}
        </p>
      </div>
      {suggestion !== null && (
        <div className={styles.suggestion}>
          <p className={styles.advice}>{suggestion.label}</p>
          <Button look="primary" onClick={() => session.applyChanges(suggestion.changes)}>
            Try it
          </Button>
        </div>
      )}
      {tone === "bad" && (
        <div className={styles.remedy}>
          {missing !== null && (
            <Suspense fallback={null}>
              <RemedyNote figures={missing} />
            </Suspense>
          )}
        </div>
      )}
    </>
  );
}

/**
 * What the page says first: whether it is all right, why not, and what to try; where the last run failed, what
 * happened instead. `change` says what was changed last.
 */
export function VerdictPanel({ change }: { readonly change: ReactNode }) {
  const figures = useRun((state) => state.summary?.figures ?? null);
  const breakdown = useRun((state) => state.summary?.breakdown ?? NO_BREAKDOWN);
  const isSettled = useRun((state) => state.status === "done" && !state.isPreview);
  const failure = useRun((state) => (state.status === "failed" ? state.failure : null));
  const explain = useExplain();
  const verdict = useMemo(
    () => (figures && explain ? explain(figures, breakdown) : null),
    [figures, breakdown, explain],
  );
  const announcement = useAnnouncement(isSettled ? (verdict?.sentence ?? "") : "");

  return (
    <section
      className={styles.panel}
      id="verdict"
      aria-label="Verdict"
      data-tone={failure === null ? verdict?.tone : "bad"}
    >
      {failure !== null && <FailurePanel failure={failure} hasEarlierResult={figures !== null} />}
      {failure === null && verdict !== null && (
        <VerdictBody
          verdict={verdict}
          change={change}
          missing={isSettled && figures?.slo.met === false ? figures : null}
        />
      )}
      {failure === null && verdict === null && (
        <div className={styles.body}>
          <p className={styles.eyebrow}>First run</p>
          <p className={styles.sentence}>
            {explain === false
              ? "What explains the figures could not be fetched. Reload the page."
              : "Simulating every request of this scenario."}
          </p>
        </div>
      )}
      <p className="visually-hidden" aria-live="polite">
        {announcement}
      </p>
    </section>
  );
}
