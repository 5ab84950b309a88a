import type { PerSecond, ValidatedDisturbance } from "../../analysis/validation-report";
import styles from "./SecondsPicture.module.css";

/** Of the drawing; the style stretches it. One unit of width is one second. */
const HEIGHT = 40;

interface SecondsPictureProps {
  readonly disturbance: ValidatedDisturbance;
  /** Large: with words, and for people who see no pictures a sentence. Small: beside words that say the same. */
  readonly size: "small" | "large";
}

/** Successes and failures of each second: what was measured as an area, what was simulated as a line over it. */
export function SecondsPicture({ disturbance, size }: SecondsPictureProps) {
  const { measured, simulated, window } = disturbance;
  const isLarge = size === "large";
  const most = Math.max(1, ...[measured, simulated].flatMap(({ ok, failed }) => [...ok, ...failed]));
  const strip = (column: keyof PerSecond) => (
    <Strip
      measured={measured[column]}
      simulated={simulated[column]}
      most={most}
      window={window}
      column={column}
    />
  );
  if (!isLarge)
    return (
      <span className={styles.small} aria-hidden>
        {strip("ok")}
        {strip("failed")}
      </span>
    );
  return (
    <figure className={styles.large}>
      <figcaption className={styles.caption}>
        Each second of the {measured.ok.length}, up to {Math.round(most)} requests: what was measured is
        filled, the mean of the simulated runs a line
        {window === null ? "" : `; shaded from ${window[0]} to ${window[1]} s, while it lasts`}.
      </figcaption>
      {(["ok", "failed"] as const).map((column) => (
        <div key={column} className={styles.row}>
          <span className={styles.word}>{column === "ok" ? "succeeded" : "failed"}</span>
          {strip(column)}
        </div>
      ))}
    </figure>
  );
}

interface StripProps {
  readonly measured: readonly number[];
  readonly simulated: readonly number[];
  readonly most: number;
  readonly window: ValidatedDisturbance["window"];
  readonly column: keyof PerSecond;
}

function Strip({ measured, simulated, most, window, column }: StripProps) {
  const width = measured.length;
  const height = (count: number): string => (HEIGHT - 1 - (count / most) * (HEIGHT - 2)).toFixed(1);
  // Steps: a second is counted as a whole.
  const corners = (counts: readonly number[]): string =>
    counts.map((count, second) => `${second},${height(count)} ${second + 1},${height(count)}`).join(" ");
  return (
    <svg
      className={styles.strip}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      data-column={column}
      aria-hidden
    >
      {window !== null && (
        <rect
          className={styles.window}
          x={window[0]}
          y={0}
          width={Math.min(width, window[1]) - window[0]}
          height={HEIGHT}
        />
      )}
      <polygon
        className={styles.measured}
        points={`0,${height(0)} ${corners(measured)} ${width},${height(0)}`}
      />
      <polyline className={styles.simulated} points={corners(simulated)} />
    </svg>
  );
}
