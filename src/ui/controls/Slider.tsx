import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef } from "react";
import styles from "./Slider.module.css";
import { fractionOf, positionOf, type Scale, valueAt } from "./scale";

interface SliderProps {
  readonly value: number;
  readonly scale: Scale;
  /** The value in words, for people who hear the slider: "30 s". */
  readonly valueText: string;
  readonly labelledBy: string;
  readonly describedBy?: string;
  /** Where the small tick stands; null where the default lies off the scale. */
  readonly defaultValue: number | null;
  /** Where the pinned baseline's mark stands; null where none is pinned. */
  readonly baselineValue: number | null;
  /** Called for each value passed over while dragging or while an arrow key is held. */
  readonly onDrag: (value: number) => void;
  /** Called once at the end of a drag or when the key is released, only if `onDrag` was called before. */
  readonly onRelease: () => void;
  /** A double click asks for the default. */
  readonly onReset: () => void;
}

/** Shift and the page keys go this many stops. */
const FAR = 10;

/** Where a fraction of the slider is: the thumb's middle, and the thumb never leaves the track. */
function placeAt(fraction: number): CSSProperties {
  return { insetInlineStart: `calc(${fraction * 100}% + ${0.5 - fraction} * var(--thumb-size))` };
}

function isOnScale(scale: Scale, value: number | null): value is number {
  const first = scale.stops[0] ?? 0;
  const last = scale.stops.at(-1) ?? 0;
  return value !== null && value >= first && value <= last;
}

/** The position that a key leads to; null for a key that is not the slider's. */
function positionAfter({ key, shiftKey }: KeyboardEvent, position: number, last: number): number | null {
  const distance = shiftKey || key.startsWith("Page") ? FAR : 1;
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
    case "PageUp":
      return Math.min(last, Math.floor(position) + distance);
    case "ArrowLeft":
    case "ArrowDown":
    case "PageDown":
      return Math.max(0, Math.ceil(position) - distance);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

/** A slider over the stops of a scale. Arrow keys go to the next stop, Shift ten stops, Home and End to the ends. */
export function Slider(props: SliderProps) {
  const { value, scale, valueText, labelledBy, describedBy, defaultValue, baselineValue } = props;
  const thumb = useRef<HTMLSpanElement>(null);
  const isDirty = useRef(false);
  const last = scale.stops.length - 1;

  function change(position: number) {
    const next = valueAt(scale, position);
    if (next === value) return;
    isDirty.current = true;
    props.onDrag(next);
  }

  function release() {
    if (!isDirty.current) return;
    isDirty.current = false;
    props.onRelease();
  }

  function onKeyDown(event: KeyboardEvent) {
    const position = positionAfter(event, positionOf(scale, value), last);
    if (position === null) return;
    event.preventDefault();
    change(position);
  }

  function follow({ currentTarget, clientX }: PointerEvent) {
    const { left, width } = currentTarget.getBoundingClientRect();
    const thumbWidth = thumb.current?.offsetWidth ?? 0;
    const way = width - thumbWidth;
    if (way > 0) change(((clientX - left - thumbWidth / 2) / way) * last);
  }

  function onPointerDown(event: PointerEvent) {
    if (event.button !== 0) return;
    // Else the browser would select text, and take the focus away from the thumb again.
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    thumb.current?.focus({ preventScroll: true });
    if (event.target !== thumb.current) follow(event);
  }

  const fraction = fractionOf(scale, value);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the thumb is the control; pressing beside it moves it
    <div
      className={styles.root}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
      onLostPointerCapture={release}
      onDoubleClick={props.onReset}
    >
      <span className={styles.track}>
        <span className={styles.range} style={{ inlineSize: `${fraction * 100}%` }} />
      </span>
      {isOnScale(scale, defaultValue) && (
        <span className={styles.defaultMark} style={placeAt(fractionOf(scale, defaultValue))} />
      )}
      {isOnScale(scale, baselineValue) && (
        <span className={styles.baselineMark} style={placeAt(fractionOf(scale, baselineValue))} />
      )}
      <span
        ref={thumb}
        className={styles.thumb}
        style={placeAt(fraction)}
        role="slider"
        tabIndex={0}
        onKeyDown={onKeyDown}
        onKeyUp={release}
        onBlur={release}
        aria-orientation="horizontal"
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        aria-valuemin={scale.stops[0]}
        aria-valuemax={scale.stops.at(-1)}
        aria-valuenow={value}
        aria-valuetext={valueText}
      />
    </div>
  );
}
