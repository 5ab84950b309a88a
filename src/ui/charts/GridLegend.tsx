import legend from "./ChartLegend.module.css";
import styles from "./GridChart.module.css";
import type { GridModel } from "./grid-model";

interface GridLegendProps {
  readonly model: GridModel;
  readonly low: number;
  readonly high: number;
}

/** What colours, corners and lines of a heat map mean. */
export function GridLegend({ model, low, high }: GridLegendProps) {
  return (
    <ul className={[legend.legend, styles.legend].join(" ")} aria-label="Scale">
      {!model.isYesNo && (
        <li className={legend.note}>
          <span className={legend.title}>{model.measure}</span>
          {model.format(low)}
          <span className={legend.scale} aria-hidden="true" />
          <span className="visually-hidden"> to </span>
          {model.format(high)}
        </li>
      )}
      {model.hasObjective && (
        <>
          <li className={legend.note}>
            <svg className={styles.key} width={14} height={14} aria-hidden="true">
              <rect className={styles.keyBox} x={0.5} y={0.5} width={13} height={13} />
              <path className={styles.keyMet} d="M1 1h7l-7 7z" />
            </svg>
            objective met
          </li>
          <li className={legend.note}>
            <svg className={styles.key} width={14} height={14} aria-hidden="true">
              <rect className={styles.keyBox} x={0.5} y={0.5} width={13} height={13} />
              <path className={styles.keyMissed} d="M1 6L6 1M1 13L13 1M8 13L13 8" />
            </svg>
            missed
          </li>
        </>
      )}
    </ul>
  );
}
