import { ChevronUp } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import styles from "./Frame.module.css";

interface FrameProps {
  readonly header: ReactNode;
  readonly controls: ReactNode;
  /** What the closed sheet of a small screen shows beside its name. */
  readonly sheetSummary: ReactNode;
  readonly isSheetOpen: boolean;
  readonly onSheet: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** Where the style sheet makes the controls a sheet at the bottom. */
const SMALL_SCREEN = "(max-width: 56rem)";

/**
 * The page: header, a column of controls that stays in view, and the results, which scroll. On a small screen the
 * controls are a sheet at the bottom, and opening it brings the first chart into the half that stays free.
 */
export function Frame({ header, controls, sheetSummary, isSheetOpen, onSheet, children }: FrameProps) {
  useEffect(() => {
    if (!isSheetOpen || !window.matchMedia(SMALL_SCREEN).matches) return;
    document.getElementById("charts")?.scrollIntoView({ block: "start" });
  }, [isSheetOpen]);

  return (
    <div className={styles.frame} data-sheet={isSheetOpen ? "open" : "closed"}>
      {header}
      <aside className={styles.controls} id="controls" aria-label="Controls">
        <button
          type="button"
          className={styles.sheetToggle}
          aria-expanded={isSheetOpen}
          aria-controls="controls-content"
          onClick={() => onSheet(!isSheetOpen)}
        >
          <span className={styles.sheetName}>Controls</span>
          {sheetSummary}
          <ChevronUp className={styles.sheetChevron} size={18} aria-hidden />
        </button>
        <div className={styles.controlsContent} id="controls-content">
          {controls}
        </div>
      </aside>
      <main className={styles.main}>{children}</main>
    </div>
  );
}
