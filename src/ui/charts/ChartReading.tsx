import styles from "./ChartCard.module.css";
import { useCursor } from "./SharedCursor";

interface ChartReadingProps {
  readonly chart: string;
  readonly reading: string;
  /** What stands at a time, in a line; null in charts that have no time axis. */
  readonly at: ((timeS: number) => string) | null;
}

/** The line under a chart's title: what to read from it, or, while the reader points somewhere, the numbers there. */
export function ChartReading({ chart, reading, at }: ChartReadingProps) {
  const point = useCursor();
  const text = point === null || at === null ? reading : at(point.timeS);
  const isSpoken = point?.isByKeyboard === true && point.chart === chart;
  return (
    <>
      <p className={styles.reading} title={text === reading ? reading : undefined}>
        {text}
      </p>
      <output className="visually-hidden" aria-live="polite">
        {isSpoken ? text : ""}
      </output>
    </>
  );
}
