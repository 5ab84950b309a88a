import { readableStep } from "../../../base/time-axis";
import type { Curve } from "../../../scenario/types";

/** The picture's size in its own units; the page scales it. */
export const WIDTH = 270;
export const HEIGHT = 150;
/** Where the curve is drawn; around it stand the axes. */
export const PLOT = { left: 36, right: WIDTH - 44, top: 8, bottom: HEIGHT - 20 } as const;

/** How far one step of a key goes, as a part of what the picture shows. */
const STEPS_ACROSS = 200;
const FACTOR_STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const CEILINGS = [0.1, 0.2, 0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100];

/** What the picture shows of a curve, and how it steps. */
export interface CurveScale {
  readonly untilS: number;
  readonly ceiling: number;
  readonly stepS: number;
  readonly stepFactor: number;
}

/** A scale that shows a whole curve and the whole run, with room above to drag a point into. */
export function scaleOf(curve: Curve, durationS: number): CurveScale {
  const most = curve.reduce((highest, [, factor]) => Math.max(highest, factor), 1) * 1.15;
  const ceiling = CEILINGS.find((candidate) => candidate >= most) ?? 10 ** Math.ceil(Math.log10(most));
  const untilS = Math.max(durationS, curve.at(-1)?.[0] ?? 0);
  return {
    untilS,
    ceiling,
    stepS: readableStep(untilS / STEPS_ACROSS),
    stepFactor: FACTOR_STEPS.find((step) => step >= ceiling / 100) ?? ceiling / 100,
  };
}

export function xOf(atS: number, { untilS }: CurveScale): number {
  return PLOT.left + (atS / untilS) * (PLOT.right - PLOT.left);
}

export function yOf(factor: number, { ceiling }: CurveScale): number {
  return PLOT.bottom - (factor / ceiling) * (PLOT.bottom - PLOT.top);
}

/** The time and factor at a place of the picture, to the nearest step. */
export function pointAt(x: number, y: number, scale: CurveScale): readonly [number, number] {
  const atS = ((x - PLOT.left) / (PLOT.right - PLOT.left)) * scale.untilS;
  const factor = ((PLOT.bottom - y) / (PLOT.bottom - PLOT.top)) * scale.ceiling;
  const onStep = (value: number, step: number) => Math.round(value / step) * step;
  return [
    Math.min(scale.untilS, Math.max(0, onStep(atS, scale.stepS))),
    Math.max(0, onStep(factor, scale.stepFactor)),
  ];
}

/** Three or four round factors from 0 to the ceiling. */
export function factorTicks({ ceiling }: CurveScale): readonly number[] {
  const step = [4, 3, 5, 2].map((parts) => ceiling / parts).find((part) => isShort(part)) ?? ceiling / 2;
  const count = Math.round(ceiling / step);
  return Array.from({ length: count + 1 }, (_, position) => Number((position * step).toPrecision(6)));
}

function isShort(value: number): boolean {
  return String(Number(value.toPrecision(6))).length <= 3;
}
