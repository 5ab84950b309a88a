import { useId } from "react";
import { STAGES, type Stage } from "../../../analysis/result-types";
import styles from "./Stages.module.css";
import { STAGE_LOOKS } from "./stage-looks";

const TILE = 8;

/** The name of a stage's pattern in a drawing. */
export function fillOf(stage: Stage, drawing: string): string {
  return `url(#${drawing}-${stage})`;
}

interface StageFillsProps {
  readonly stages?: readonly Stage[];
  /** Unique in the page: patterns are found by it. */
  readonly drawing: string;
}

/** The patterns that stages are filled with. Stands in the drawing that uses them, so that its picture has them too. */
export function StageFills({ stages = STAGES, drawing }: StageFillsProps) {
  return (
    <defs>
      {stages.map((stage) => {
        const { color, hatch } = STAGE_LOOKS[stage];
        return (
          <pattern
            key={stage}
            id={`${drawing}-${stage}`}
            width={TILE}
            height={TILE}
            patternUnits="userSpaceOnUse"
          >
            <rect width={TILE} height={TILE} fill={color} />
            {hatch !== null && <path className={styles.hatch} d={hatch} />}
          </pattern>
        );
      })}
    </defs>
  );
}

const SWATCH_WIDTH = 16;
const SWATCH_HEIGHT = 10;

/** A piece of a stage's fill, for legends and tooltips. */
export function StageSwatch({ stage }: { readonly stage: Stage }) {
  const drawing = useId();
  return (
    <svg className={styles.swatch} width={SWATCH_WIDTH} height={SWATCH_HEIGHT} aria-hidden="true">
      <StageFills stages={[stage]} drawing={drawing} />
      <rect width={SWATCH_WIDTH} height={SWATCH_HEIGHT} rx={1.5} fill={fillOf(stage, drawing)} />
    </svg>
  );
}
