import { type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject, useRef } from "react";
import { useChartActions } from "./ChartContext";
import type { TimeWindow } from "./chart-types";
import styles from "./Plot.module.css";
import { AXIS_WIDTH, plotWidth } from "./plot-geometry";
import { boundedWindow, zoomedIn, zoomedOut } from "./zoom";

/** A shorter drag is a click. */
const LEAST_DRAG = 6;

interface ZoomAreaProps {
  readonly plot: RefObject<HTMLFieldSetElement | null>;
  readonly width: number;
  /** What the time axis shows. */
  readonly window: TimeWindow;
  readonly whole: TimeWindow;
  readonly bucketS: number;
  readonly children: ReactNode;
}

/**
 * A plot over time that is zoomed by dragging across it, with + and −, and back by a double click or 0. The selection is
 * an element of its own that is moved by hand: the chart is not drawn again while dragging.
 */
export function ZoomArea({ plot, width, window: shown, whole, bucketS, children }: ZoomAreaProps) {
  const { zoom, cursor } = useChartActions();
  const selection = useRef<HTMLDivElement>(null);
  const drawn = plotWidth(width);

  function timeAt(pixel: number): number {
    return (
      shown.fromS + (Math.min(Math.max(0, pixel - AXIS_WIDTH), drawn) / drawn) * (shown.toS - shown.fromS)
    );
  }

  function startDrag(event: PointerEvent<HTMLElement>) {
    const box = selection.current;
    // Fingers scroll the page; with them one zooms through the menu.
    if (event.button !== 0 || event.pointerType === "touch" || box === null) return;
    const left = event.currentTarget.getBoundingClientRect().left;
    const start = event.clientX - left;
    if (start < AXIS_WIDTH || start > AXIS_WIDTH + drawn) return;
    let end = start;
    const control = new AbortController();
    const { signal } = control;

    function stop() {
      control.abort();
      if (box !== null) box.hidden = true;
    }
    globalThis.addEventListener(
      "pointermove",
      ({ clientX }) => {
        end = Math.min(Math.max(AXIS_WIDTH, clientX - left), AXIS_WIDTH + drawn);
        box.hidden = Math.abs(end - start) < LEAST_DRAG;
        box.style.left = `${Math.min(start, end)}px`;
        box.style.width = `${Math.abs(end - start)}px`;
      },
      { signal },
    );
    globalThis.addEventListener(
      "pointerup",
      () => {
        stop();
        if (Math.abs(end - start) < LEAST_DRAG) return;
        const wish = { fromS: timeAt(Math.min(start, end)), toS: timeAt(Math.max(start, end)) };
        zoom(boundedWindow(wish, whole, bucketS));
      },
      { signal },
    );
    globalThis.addEventListener("pointercancel", stop, { signal });
  }

  function zoomByKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const around = cursor.get()?.timeS ?? (shown.fromS + shown.toS) / 2;
    if (event.key === "+" || event.key === "=") zoom(boundedWindow(zoomedIn(shown, around), whole, bucketS));
    else if (event.key === "-") zoom(boundedWindow(zoomedOut(shown, around), whole, bucketS));
    else if (event.key === "0") zoom(null);
    else return;
    event.preventDefault();
  }

  return (
    // The chart in it takes the focus; its keys arrive here.
    <fieldset
      className={styles.plot}
      ref={plot}
      data-can-zoom=""
      onPointerDown={startDrag}
      onDoubleClick={() => zoom(null)}
      onKeyDown={zoomByKey}
    >
      {children}
      <div className={styles.selection} ref={selection} hidden />
    </fieldset>
  );
}
