import { Slider as Primitive } from "radix-ui";
import { type CSSProperties, useRef } from "react";
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

/** A mark stands under the middle of the thumb, which never leaves the track. */
function markStyle(fraction: number): CSSProperties {
  return { insetInlineStart: `calc(${fraction * 100}% + ${0.5 - fraction} * var(--thumb-size))` };
}

function isOnScale(scale: Scale, value: number | null): value is number {
  const first = scale.stops[0] ?? 0;
  const last = scale.stops.at(-1) ?? 0;
  return value !== null && value >= first && value <= last;
}

/** A slider over the stops of a scale. Arrow keys go to the next stop, Shift ten stops, Home and End to the ends. */
export function Slider(props: SliderProps) {
  const { value, scale, valueText, labelledBy, describedBy, defaultValue, baselineValue } = props;
  const isDirty = useRef(false);

  function change(position: number | undefined) {
    if (position === undefined) return;
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

  return (
    <Primitive.Root
      className={styles.root}
      min={0}
      max={scale.stops.length - 1}
      step={1}
      value={[positionOf(scale, value)]}
      onValueChange={([position]) => change(position)}
      onLostPointerCapture={release}
      onKeyUp={release}
      onBlur={release}
      onDoubleClick={props.onReset}
    >
      <Primitive.Track className={styles.track}>
        <Primitive.Range className={styles.range} />
      </Primitive.Track>
      {isOnScale(scale, defaultValue) && (
        <span className={styles.defaultMark} style={markStyle(fractionOf(scale, defaultValue))} />
      )}
      {isOnScale(scale, baselineValue) && (
        <span className={styles.baselineMark} style={markStyle(fractionOf(scale, baselineValue))} />
      )}
      <Primitive.Thumb
        className={styles.thumb}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        aria-valuemin={scale.stops[0]}
        aria-valuemax={scale.stops.at(-1)}
        aria-valuenow={value}
        aria-valuetext={valueText}
      />
    </Primitive.Root>
  );
}
