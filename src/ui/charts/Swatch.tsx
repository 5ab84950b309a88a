import type { SeriesLook } from "./chart-types";
import styles from "./Swatch.module.css";

export interface SwatchLook {
  readonly color: string;
  readonly look: SeriesLook;
  readonly dash?: string | undefined;
}

const WIDTH = 16;
const HEIGHT = 10;

/** A piece of a series as it is drawn, for legends and tooltips. */
export function Swatch({ color, look, dash }: SwatchLook) {
  const middle = HEIGHT / 2;
  return (
    <svg className={styles.swatch} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {(look === "stack" || look === "area") && (
        <rect
          y={middle}
          width={WIDTH}
          height={middle}
          fill={color}
          fillOpacity={look === "stack" ? 0.45 : 0.16}
        />
      )}
      <line
        x1={0}
        x2={WIDTH}
        y1={middle}
        y2={middle}
        stroke={color}
        strokeWidth={look === "thin" ? 1.25 : 2}
        strokeDasharray={dash}
      />
    </svg>
  );
}
