import { useBaseline, useRun } from "../shell/session-context";
import styles from "./FiguresRow.module.css";
import { FigureTile } from "./FigureTile";
import { FIGURES } from "./figures";

/** The figures of the run, each with its interval and its difference from the pinned baseline. */
export function FiguresRow() {
  const figures = useRun((state) => state.summary?.figures ?? null);
  const isPreview = useRun((state) => state.isPreview);
  const baseline = useBaseline((state) => state.summary?.figures ?? null);
  return (
    <section
      className={styles.row}
      aria-label="Figures"
      aria-busy={figures === null}
      data-preview={isPreview || undefined}
    >
      <dl className={styles.list}>
        {FIGURES.map((definition) =>
          figures === null ? (
            <div className={styles.empty} key={definition.id}>
              <dt>{definition.label}</dt>
              <dd className={styles.pulse} />
            </div>
          ) : (
            <FigureTile key={definition.id} definition={definition} figures={figures} baseline={baseline} />
          ),
        )}
      </dl>
    </section>
  );
}
