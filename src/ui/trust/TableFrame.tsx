import type { ReactNode } from "react";
import styles from "./Trust.module.css";

/** What a wide or long table scrolls in. */
export function TableFrame({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className={styles.frame} aria-label={label} ref={makeReachable}>
      {children}
    </section>
  );
}

/** It scrolls, so it has to take the focus, or its end could only be reached with a mouse. */
function makeReachable(element: HTMLElement | null): void {
  if (element !== null) element.tabIndex = 0;
}
