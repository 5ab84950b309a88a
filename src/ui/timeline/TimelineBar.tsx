import { type ComponentProps, lazy, Suspense, useState } from "react";
import { Button } from "../controls/Button";
import { Plus } from "../controls/icons";
import { useScenario } from "../shell/session-context";
import type TimelineType from "./Timeline";
import styles from "./TimelineBar.module.css";

/** Only for runs in which something happens: see docs/decisions/what-loads-first.md. */
const Timeline = lazy(() => import("./Timeline"));

interface AddButtonProps {
  readonly onClick?: () => void;
}

function AddButton({ onClick }: AddButtonProps) {
  return (
    <>
      <div className={styles.line} />
      <Button look="quiet" className={styles.add} onClick={onClick} disabled={onClick === undefined}>
        <Plus size={15} aria-hidden />
        Add event
      </Button>
    </>
  );
}

/** The timeline's place in the page: a line while nothing happens during the run, else the ruler. */
export function TimelineBar({ settingEditor }: Pick<ComponentProps<typeof TimelineType>, "settingEditor">) {
  const isEmpty = useScenario(({ scenario }) => scenario.timeline.length === 0);
  const [isAsked, setAsked] = useState(false);
  const [isUsed, setUsed] = useState(false);
  // It stays when the last entry has gone, and keeps the focus.
  if (!isEmpty && !isUsed) setUsed(true);
  return (
    <section className={styles.bar} aria-label="Timeline" data-empty={isEmpty || undefined}>
      {isUsed || isAsked ? (
        <Suspense fallback={isEmpty ? <AddButton /> : <div className={styles.waiting} />}>
          <Timeline settingEditor={settingEditor} startsAdding={isAsked} />
        </Suspense>
      ) : (
        <AddButton onClick={() => setAsked(true)} />
      )}
    </section>
  );
}
