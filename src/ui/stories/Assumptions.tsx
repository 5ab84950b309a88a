import type { Assumption } from "../../scenario/stories/story";
import { Button } from "../controls/Button";
import styles from "./StoryPanel.module.css";

interface AssumptionsProps {
  readonly assumptions: readonly Assumption[];
  readonly isTrying: boolean;
  /** Tries neighbouring values; null where there are none. */
  readonly onTry: (() => void) | null;
}

/** What the article leaves open, and whether it matters. */
export function Assumptions({ assumptions, isTrying, onTry }: AssumptionsProps) {
  if (assumptions.length === 0) return null;
  return (
    <details className={styles.assumptions}>
      <summary>{assumptions.length === 1 ? "One assumption" : `${assumptions.length} assumptions`}</summary>
      <dl>
        {assumptions.map(({ what, value, why, neighbours }) => (
          <div key={what}>
            <dt>
              {what}: {value}
            </dt>
            <dd>
              {why}
              {neighbours.length > 0 &&
                ` Neighbouring values: ${neighbours.map(({ label }) => label).join("; ")}.`}
            </dd>
          </div>
        ))}
      </dl>
      {onTry !== null && (
        <Button disabled={isTrying} onClick={onTry}>
          {isTrying ? "Tried with neighbouring values" : "Try neighbouring values"}
        </Button>
      )}
    </details>
  );
}
