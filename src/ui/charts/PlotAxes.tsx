import styles from "./Plot.module.css";

/** What Recharts adds to a tick's element when it draws it. */
interface TickProps {
  readonly format: (value: number) => string;
  readonly x?: number | string;
  readonly y?: number | string;
  readonly payload?: { readonly value: number };
}

/** A tick's text on the vertical axis. Plain text: Recharts' own would be measured each time. */
export function AxisTick({ format, x, y, payload }: TickProps) {
  if (payload === undefined) return null;
  return (
    <text className={styles.tick} x={x} y={y} dx={-2} dy="0.32em" textAnchor="end">
      {format(payload.value)}
    </text>
  );
}

/** A tick's text on the horizontal axis. */
export function TimeTick({ format, x, y, payload }: TickProps) {
  if (payload === undefined) return null;
  return (
    <text className={styles.tick} x={x} y={y} dy="0.85em" textAnchor="middle">
      {format(payload.value)}
    </text>
  );
}

/** What an axis measures, and in what. */
export function axisTitle(title: string, unit: string): string {
  return unit === "" || unit === title ? title : `${title}, ${unit}`;
}
