import type { Curve } from "../../scenario/types";
import styles from "./Sparkline.module.css";

const WIDTH = 280;
const HEIGHT = 40;
/** More points than pixels show nothing more. */
const MOST_POINTS = 560;

interface SparklineProps {
  readonly points: Curve;
  /** How far it goes at least, in the curve's own unit: after its last point it stays as it is. */
  readonly until?: number;
}

/** A curve as a small picture beside the words that say the same. */
export function Sparkline({ points, until = 0 }: SparklineProps) {
  const step = Math.max(1, Math.ceil(points.length / MOST_POINTS));
  const drawn = points.filter((_, index) => index % step === 0 || index === points.length - 1);
  const lastAt = Math.max(points.at(-1)?.[0] ?? 0, until, Number.MIN_VALUE);
  const most = drawn.reduce((highest, [, value]) => Math.max(highest, value), Number.MIN_VALUE);
  const place = ([at, value]: Curve[number]) => [
    (at / lastAt) * WIDTH,
    HEIGHT - 2 - (value / most) * (HEIGHT - 4),
  ];
  const corners = [
    [0, place(drawn[0] ?? [0, 0])[1] ?? 0],
    ...drawn.map(place),
    [WIDTH, place([lastAt, points.at(-1)?.[1] ?? 0])[1] ?? 0],
  ];
  const line = corners.map((corner) => corner.map((part) => part.toFixed(1)).join(",")).join(" ");
  return (
    <svg className={styles.picture} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <polygon className={styles.area} points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} />
      <polyline className={styles.line} points={line} />
    </svg>
  );
}
