import { useId } from "react";
import { usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import type { DynoStatus } from "../../analysis/system-state";
import { DYNO_STATE_LOOKS, type DynoStateLook } from "./models/dyno-states";
import type { HeatModel } from "./models/heat-types";
import styles from "./Plot.module.css";

const TILE = 8;
/** More stretches than this are no picture any more; the tooltip still says each. */
const MOST_STRETCHES = 3000;

interface Stretch {
  readonly state: DynoStatus;
  readonly row: number;
  readonly first: number;
  readonly end: number;
}

/** The states of rows that are not up, hatched over the map. Stands inside a Recharts chart, whose scales it uses. */
export function HeatStates({ model }: { readonly model: HeatModel }) {
  const area = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  const id = useId();
  const { states = [], cut } = model;
  if (area === undefined || xScale === undefined || yScale === undefined || states.length === 0) return null;
  const { x, widthS } = cut;
  const right = area.x + area.width;
  const across = (atS: number) => Math.min(right, Math.max(area.x, xScale(atS) ?? area.x));
  const shown = stretches(model).slice(0, MOST_STRETCHES);
  return (
    <g>
      {looksOf(states).map(([state, look]) => (
        <HatchPattern key={state} id={`${id}-${state}`} look={look} />
      ))}
      {shown.map(({ state, row, first, end }) => {
        const left = across((x[first] ?? 0) - widthS / 2);
        const top = yScale(row + 0.5) ?? area.y;
        const bottom = yScale(row + 1.5) ?? top;
        return (
          <rect
            key={`${row} ${first}`}
            data-state={state}
            fill={`url(#${id}-${state})`}
            x={left}
            y={Math.min(top, bottom)}
            width={across((x[end - 1] ?? 0) + widthS / 2) - left}
            height={Math.abs(bottom - top)}
          />
        );
      })}
    </g>
  );
}

/** The looks of the states that there are, in the order of the looks. */
export function looksOf(states: readonly DynoStatus[]): readonly (readonly [DynoStatus, DynoStateLook])[] {
  const present = new Set(states);
  return (Object.entries(DYNO_STATE_LOOKS) as [DynoStatus, DynoStateLook][]).filter(([state]) =>
    present.has(state),
  );
}

/** Neighbouring cells of a row in the same state, where that has a look. */
function stretches({ states = [], rows, cut }: HeatModel): Stretch[] {
  const columns = cut.x.length;
  const found: Stretch[] = [];
  for (let row = 0; row < rows; row++) {
    let first = 0;
    for (let column = 1; column <= columns; column++) {
      const state = states[row * columns + first] ?? "up";
      if (column < columns && states[row * columns + column] === state) continue;
      if (DYNO_STATE_LOOKS[state] !== undefined) found.push({ state, row, first, end: column });
      first = column;
    }
  }
  return found;
}

interface HatchPatternProps {
  readonly id: string;
  readonly look: DynoStateLook;
}

function HatchPattern({ id, look }: HatchPatternProps) {
  return (
    <pattern id={id} width={TILE} height={TILE} patternUnits="userSpaceOnUse">
      {look.isIdle && <rect width={TILE} height={TILE} fill={look.color} />}
      <path
        className={styles.stateHatch}
        d={look.hatch}
        stroke={look.isIdle ? "var(--surface)" : look.color}
      />
    </pattern>
  );
}

const SWATCH_WIDTH = 16;
const SWATCH_HEIGHT = 10;

/** A piece of a state's look, for the legend. */
export function StateSwatch({ look }: { readonly look: DynoStateLook }) {
  const id = useId();
  return (
    <svg className={styles.stateSwatch} width={SWATCH_WIDTH} height={SWATCH_HEIGHT} aria-hidden="true">
      <HatchPattern id={id} look={look} />
      <rect width={SWATCH_WIDTH} height={SWATCH_HEIGHT} rx={1.5} fill="var(--heat-1)" />
      <rect width={SWATCH_WIDTH} height={SWATCH_HEIGHT} rx={1.5} fill={`url(#${id})`} />
    </svg>
  );
}
