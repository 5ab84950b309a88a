import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import type { TheoryReport } from "../../analysis/theory-report";
import type { ValidationReport } from "../../analysis/validation-report";
import { Button } from "../controls/Button";
import { IconButton } from "../controls/IconButton";
import { X } from "../controls/more-icons";
import { DisturbancesSection } from "./DisturbancesSection";
import { GoalsSection } from "./GoalsSection";
import { OutliersSection } from "./OutliersSection";
import { TheorySection } from "./TheorySection";
import { TracesSection } from "./TracesSection";
import { TrialsSection } from "./TrialsSection";
import styles from "./Trust.module.css";
import theoryAddress from "./theory.json?url";
import { type Report, useReport } from "./use-report";
import validationAddress from "./validation.json?url";

const TITLE = "How far can I trust this?";

/**
 * A page over the page: what the simulation was held against, and what came of it. A `<dialog>`, which keeps the focus
 * inside, gives it back afterwards and closes on Escape.
 */
export default function TrustPage({ onClose }: { readonly onClose: () => void }) {
  const element = useRef<HTMLDialogElement>(null);
  const validation = useReport<ValidationReport>(validationAddress);
  const theory = useReport<TheoryReport>(theoryAddress);
  // Before paint, and before it leaves the document: only then does closing give the focus back.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  useEffect(() => {
    const before = document.title;
    document.title = `${TITLE} – Headroom`;
    return () => {
      document.title = before;
    };
  }, []);

  return (
    <dialog
      ref={element}
      className={styles.page}
      aria-labelledby="trust-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.header}>
        <h1 className={styles.title} id="trust-title">
          {TITLE}
        </h1>
        <IconButton label="Back to the dashboard" onClick={onClose}>
          <X size={18} aria-hidden />
        </IconButton>
      </header>
      <div className={styles.body}>
        <p className={styles.lead}>
          Headroom draws its numbers from a simulation, and a simulation can be wrong in two ways: its
          arithmetic, or its idea of the real system. So two suites hold the engine to account. One compares
          it with exact results of queueing theory, the other with measurements of a real stack. Everything
          that does not agree is here, too.
        </p>
        <Loaded of={validation} what="the comparison with the real stack">
          {(report) => (
            <>
              <Loaded of={theory} what="the comparison with theory">
                {(other) => <GoalsSection validation={report} theory={other} />}
              </Loaded>
              <TrialsSection report={report} />
              <DisturbancesSection report={report} />
              <OutliersSection report={report} />
              <TracesSection report={report} />
            </>
          )}
        </Loaded>
        <Loaded of={theory} what="the comparison with theory">
          {(report) => <TheorySection report={report} />}
        </Loaded>
        <section className={styles.section} aria-labelledby="trust-limits">
          <h2 id="trust-limits">What this does not show</h2>
          <p>
            The trials' work were sleeps on a machine of two processors: threads, connections and lines are
            what they prove. How processors are shared is held against theory only; replicas, memory over
            quota and a database's contention follow their documentation, and no measurement here. Your own
            durations, plans and traffic are what you enter: where they are guesses, the figures are, too. The
            range beside each figure on the dashboard is the chance within the model, not the distance between
            model and reality.
          </p>
        </section>
        <section className={styles.section} aria-labelledby="trust-run">
          <h2 id="trust-run">Run it yourself</h2>
          <p>Both tables come from one command each, with everything they need in the project:</p>
          <dl className={styles.reasons}>
            <div>
              <dt>
                <code>npm run validate</code>
              </dt>
              <dd>
                simulates every trial and replays every trace. The measurements are in{" "}
                <code>tests/validation</code>, the table in <code>docs/validation.md</code>.
              </dd>
            </div>
            <div>
              <dt>
                <code>npm run theory</code>
              </dt>
              <dd>
                simulates every case. The formulas, with their sources, are in <code>tests/theory</code>, the
                table in <code>docs/theory.md</code>.
              </dd>
            </div>
          </dl>
        </section>
      </div>
    </dialog>
  );
}

interface LoadedProps<T> {
  readonly of: Report<T>;
  readonly what: string;
  readonly children: (report: T) => ReactNode;
}

/** A report once it is there; before, that it comes, or that it did not. */
function Loaded<T>({ of, what, children }: LoadedProps<T>) {
  if (of.state === "loaded") return children(of.report);
  if (of.state === "loading") return <p className={styles.note}>Loading {what} …</p>;
  return (
    <p role="alert">
      Could not load {what}. <Button onClick={of.retry}>Try again</Button>
    </p>
  );
}
