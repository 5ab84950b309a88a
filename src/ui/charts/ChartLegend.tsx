import type { DynoStatus } from "../../analysis/system-state";
import { useChartActions } from "./ChartContext";
import styles from "./ChartLegend.module.css";
import { type ChartSeries, isShown } from "./chart-types";
import { looksOf, StateSwatch } from "./HeatStates";
import { Swatch } from "./Swatch";

interface ChartLegendProps {
  readonly series: readonly ChartSeries[];
  readonly toggled: ReadonlySet<string>;
  readonly hasBaseline: boolean;
}

/** The series as buttons that switch them on and off. */
export function ChartLegend({ series, toggled, hasBaseline }: ChartLegendProps) {
  const { toggleSeries } = useChartActions();
  return (
    <ul className={styles.legend} aria-label="Series">
      {series.map((one) => (
        <li key={one.key}>
          <button
            type="button"
            className={styles.entry}
            aria-pressed={isShown(one, toggled)}
            onClick={() => toggleSeries(one.key)}
          >
            <Swatch color={one.color} look={one.look} dash={one.dash} />
            {one.label}
          </button>
        </li>
      ))}
      {hasBaseline && <BaselineKey />}
    </ul>
  );
}

/** What a thin dashed line means. */
function BaselineKey({ label = "baseline", color = "var(--ink-faint)" }) {
  return (
    <li className={styles.note}>
      <Swatch color={color} look="thin" dash="3 3" />
      {label}
    </li>
  );
}

interface HeatLegendProps {
  readonly low: string;
  readonly high: string;
  readonly title: string;
  readonly lines: readonly Pick<ChartSeries, "key" | "label" | "color">[];
  readonly states: readonly DynoStatus[];
}

/** The scale of a heat map's colours. */
export function HeatLegend({ low, high, title, lines, states }: HeatLegendProps) {
  return (
    <ul className={styles.legend} aria-label="Scale">
      <li className={styles.note}>
        <span className={styles.title}>{title}</span>
        {low}
        <span className={styles.scale} aria-hidden="true" />
        <span className="visually-hidden"> to </span>
        {high}
      </li>
      {looksOf(states).map(([state, look]) => (
        <li key={state} className={styles.note}>
          <StateSwatch look={look} />
          {look.label}
        </li>
      ))}
      {lines.map(({ key, label, color }) => (
        <BaselineKey key={key} label={label} color={color} />
      ))}
    </ul>
  );
}

/** What the distribution's outline is. */
export function DistributionLegend({ hasBaseline }: { readonly hasBaseline: boolean }) {
  return (
    <ul className={styles.legend} aria-label="Series">
      <li className={styles.note}>
        <Swatch color="var(--chart-1)" look="area" />
        answers
      </li>
      {hasBaseline && <BaselineKey color="var(--chart-1)" />}
    </ul>
  );
}
