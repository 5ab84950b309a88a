import { usePlotArea, useXAxisScale, ZIndexLayer } from "recharts";
import { EventShape } from "../shell/EventShape";
import type { TimeCut } from "./chart-types";
import styles from "./Plot.module.css";

/** Over all that is drawn, under the cursor. */
const EVENT_LAYER = 1050;
/** Nearer to each other, shapes could not be told apart: the line is drawn without one. */
const SHAPE_DISTANCE = 11;
const SHAPE_DEPTH = 6;
/** A narrower rest of the run has no room for what is said in it. */
const BROKEN_OFF_NAME_WIDTH = 150;

/** When something happened: a line with the event's shape at its top. Stands inside a Recharts chart, whose scales it uses. */
export function EventLines({ cut }: { readonly cut: TimeCut }) {
  const area = usePlotArea();
  const scale = useXAxisScale();
  if (area === undefined || scale === undefined || cut.events.length === 0) return null;
  const places = cut.events.map((event) => ({ ...event, x: Math.round(scale(event.atS) ?? area.x) + 0.5 }));
  const ends = { y1: area.y, y2: area.y + area.height };
  return (
    <ZIndexLayer zIndex={EVENT_LAYER}>
      {places.map(({ text, x }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two events may be alike, and none has a state
        <g key={index} className={styles.event}>
          <title>{text}</title>
          <line className={styles.eventHalo} x1={x} x2={x} {...ends} />
          <line x1={x} x2={x} {...ends} />
        </g>
      ))}
      {withRoom(places).map(({ kind, x }) => (
        <EventShape key={x} kind={kind} x={x} y={area.y + SHAPE_DEPTH} />
      ))}
    </ZIndexLayer>
  );
}

/** Of places in order, those that are not too near to one before them. */
function withRoom<Place extends { readonly x: number }>(places: readonly Place[]): Place[] {
  let last = Number.NEGATIVE_INFINITY;
  return places.filter(({ x }) => {
    const hasRoom = x - last >= SHAPE_DISTANCE;
    if (hasRoom) last = x;
    return hasRoom;
  });
}

/** The part of the window that the run did not come to, because it was broken off. */
export function BrokenOff({ cut }: { readonly cut: TimeCut }) {
  const area = usePlotArea();
  const scale = useXAxisScale();
  const { stoppedAtS, window } = cut;
  if (area === undefined || scale === undefined || stoppedAtS === null || stoppedAtS >= window.toS)
    return null;
  const start = scale(Math.max(stoppedAtS, window.fromS)) ?? area.x;
  const width = area.x + area.width - start;
  return (
    <g>
      <rect className={styles.warmUp} x={start} y={area.y} width={width} height={area.height} />
      <line className={styles.warmUpEnd} x1={start} x2={start} y1={area.y} y2={area.y + area.height} />
      <text
        className={styles.warmUpLabel}
        x={width >= BROKEN_OFF_NAME_WIDTH ? start + 5 : start - 5}
        y={area.y + area.height / 2}
        textAnchor={width >= BROKEN_OFF_NAME_WIDTH ? "start" : "end"}
      >
        {width >= BROKEN_OFF_NAME_WIDTH ? "the run was broken off here" : "broken off →"}
      </text>
    </g>
  );
}
