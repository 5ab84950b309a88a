import { useId, useMemo, useState } from "react";
import type { RunSummary } from "../../analysis/result-types";
import { Slider } from "../controls/Slider";
import { momentAt, momentCount, timeText, worstMoment } from "./moments";
import styles from "./SystemPicture.module.css";

/** Which moment of the run the picture is of. It stays at its share of the run when that is simulated anew. */
export function useMoment(summary: RunSummary) {
  // null: wherever the worst moment is.
  const [share, setShare] = useState<number | null>(null);
  const worst = useMemo(() => worstMoment(summary), [summary]);
  const moment = share === null ? worst.moment : momentAt(share, summary.series);
  return { moment, worst, isWorst: share === null, setShare };
}

interface ScrubberProps extends ReturnType<typeof useMoment> {
  readonly summary: RunSummary;
  /** The middle of the moment. */
  readonly atS: number;
}

/** The slider over the run's moments. */
export function Scrubber({ summary, atS, moment, worst, isWorst, setShare }: ScrubberProps) {
  const labelId = useId();
  const count = momentCount(summary.series);
  const scale = useMemo(() => ({ stops: Array.from({ length: count }, (_, index) => index) }), [count]);
  const toWorst = () => setShare(null);
  return (
    <span className={styles.scrubber}>
      <span className={styles.moment}>
        <span id={labelId} className="visually-hidden">
          Moment of the run in the picture
        </span>
        at {timeText(atS)}
      </span>
      <span className={styles.slider}>
        <Slider
          value={moment}
          scale={scale}
          valueText={timeText(atS)}
          labelledBy={labelId}
          defaultValue={worst.moment}
          baselineValue={null}
          onDrag={(next) => setShare((next + 0.5) / count)}
          onRelease={NOTHING_TO_COMMIT}
          onReset={toWorst}
        />
      </span>
      <button type="button" className={styles.worst} aria-pressed={isWorst} onClick={toWorst}>
        {worst.of}
      </button>
    </span>
  );
}

const NOTHING_TO_COMMIT = () => {};
