import { useMemo } from "react";
import type { ChartActions } from "./ChartContext";
import type { ChartView, TimeWindow } from "./chart-types";
import { wholeRun } from "./cut-columns";
import { boundedWindow, zoomedIn } from "./zoom";

interface TimeZoom {
  readonly whole: TimeWindow;
  readonly controls: { readonly in: () => void; readonly out: () => void; readonly canZoomOut: boolean };
}

/** Zooming in time by buttons: towards the cursor, or the middle where there is none. */
export function useTimeZoom(view: ChartView, actions: ChartActions): TimeZoom {
  const { summary, zoom } = view;
  return useMemo(() => {
    const whole = wholeRun(summary);
    const shown = zoom ?? whole;
    return {
      whole,
      controls: {
        in: () => {
          const around = actions.cursor.get()?.timeS ?? (shown.fromS + shown.toS) / 2;
          actions.zoom(boundedWindow(zoomedIn(shown, around), whole, summary.series.bucketS));
        },
        out: () => actions.zoom(null),
        canZoomOut: zoom !== null,
      },
    };
  }, [summary, zoom, actions]);
}
