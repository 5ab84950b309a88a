import type { Source } from "../../scenario/catalogue";
import styles from "./CatalogueSource.module.css";

const DATE = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

const CONFIDENCE: Readonly<Record<Source["confidence"], string>> = {
  documented: "documented",
  reported: "reported by others",
  assumed: "partly assumed",
};

/** Where a catalogue entry's figures come from and how old they are; folded, since it is long. */
export function CatalogueSource({ entry }: { readonly entry: Source }) {
  return (
    <details className={styles.source}>
      <summary className={styles.summary}>
        As of {DATE.format(new Date(entry.asOf))}, {CONFIDENCE[entry.confidence]}
      </summary>
      <p>{entry.source}.</p>
      {entry.note !== undefined && <p>{entry.note}</p>}
    </details>
  );
}
