import type { ValidationReport } from "../../analysis/validation-report";
import { Prose } from "./Prose";
import styles from "./Trust.module.css";

/** What does not agree, and which mechanism of the real stack is behind it. */
export function OutliersSection({ report }: { readonly report: ValidationReport }) {
  const trialsOf = new Map<string, string[]>();
  for (const { id, explanation } of report.trials) {
    if (explanation === null) continue;
    trialsOf.set(explanation, [...(trialsOf.get(explanation) ?? []), id]);
  }
  return (
    <section className={styles.section} aria-labelledby="trust-outliers">
      <h2 id="trust-outliers">What does not agree, and why</h2>
      {trialsOf.size === 0 ? (
        <p>Every measured figure is inside its range.</p>
      ) : (
        <dl className={styles.reasons}>
          {[...trialsOf].map(([explanation, ids]) => (
            <div key={explanation}>
              <dt>{ids.join(", ")}</dt>
              <dd>
                <Prose text={explanation} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <h3>What the real stack spends beside its work</h3>
      <p>
        The same constants in every trial, none fitted to one of them. Trials give the durations of their
        work; these are added.
      </p>
      <dl className={styles.reasons}>
        {report.overheads.map(({ name, value, source }) => (
          <div key={name}>
            <dt>
              {name}: {value}
            </dt>
            <dd>
              <Prose text={source} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
