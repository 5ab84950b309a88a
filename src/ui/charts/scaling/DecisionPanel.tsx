import { ChevronRight } from "lucide-react";
import { lazy, Suspense, useId, useState } from "react";
import type { RunSummary } from "../../../analysis/result-types";
import { formatCount } from "../../../base/format";
import styles from "./DecisionPanel.module.css";

/** What a reader opens: see docs/decisions/what-loads-first.md. */
const DecisionLog = lazy(async () => ({ default: (await import("./DecisionLog")).DecisionLog }));

/** The autoscalers' log, folded until it is asked for. */
export function DecisionPanel({ summary }: { readonly summary: RunSummary }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <section className={styles.panel} aria-label="Decisions of the autoscaler">
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRight className={styles.chevron} size={14} aria-hidden />
        Decisions of the autoscaler
        <span className={styles.count}>{countText(summary)}</span>
      </button>
      <div id={id} className={styles.content} hidden={!isOpen}>
        {isOpen && (
          <Suspense fallback={null}>
            <DecisionLog summary={summary} />
          </Suspense>
        )}
      </div>
    </section>
  );
}

/** "14 changes; 203 times a bound was crossed and nothing changed". */
function countText({ scaling }: RunSummary): string {
  const decisions = scaling.flatMap((log) => log.decisions);
  const changes = decisions.filter(({ fromSize, toSize }) => fromSize !== toSize).length;
  const idle = decisions.length - changes;
  const changed = `${formatCount(changes)} ${changes === 1 ? "change" : "changes"}`;
  return idle === 0
    ? changed
    : `${changed}; ${formatCount(idle)} ${idle === 1 ? "time" : "times"} a bound was crossed and nothing changed`;
}
