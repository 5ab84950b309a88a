import type { CSSProperties } from "react";
import { formatRate } from "../../base/format";
import styles from "./Flow.module.css";
import { flowThickness } from "./picture-model";

/** How much goes from one part to the next: an arrow as thick as its rate, with the number. */
export function Flow({ perSecond }: { readonly perSecond: number }) {
  const style = { "--thickness": `${flowThickness(perSecond)}px` } as CSSProperties;
  return (
    <span className={styles.flow} style={style} data-none={perSecond > 0 ? undefined : ""}>
      <span className={styles.rate}>{formatRate(perSecond < 100 ? perSecond : Math.round(perSecond))}</span>
      <span className={styles.arrow} />
    </span>
  );
}
