import type { ReactNode } from "react";
import styles from "./TimeRow.module.css";

/** What has to do with time, above the charts: play first, then the ruler. They share a line while both are short. */
export function TimeRow({ children }: { readonly children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
