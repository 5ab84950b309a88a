import { memo, useMemo, useRef, useState } from "react";
import { formatMs, formatPercent } from "../../../base/format";
import { SegmentedField } from "../../controls/SegmentedField";
import { Explained } from "../../shell/Term";
import { ChartCard } from "../ChartCard";
import card from "../ChartCard.module.css";
import { ChartTooltip } from "../ChartTooltip";
import type { ChartView } from "../chart-types";
import type { PictureKey } from "../export-png";
import { cardPlotWidth } from "../plot-geometry";
import { steadyCeiling } from "../steady-domain";
import { linearTicks } from "../ticks";
import { useSteady } from "../use-steady";
import { type BreakdownBar, breakdownModel, breakdownTable, ROW_WORDS } from "./breakdown-model";
import { BARS_HEIGHT, type BarPoint, type BarRow, StageBars, TOOLTIP_WIDTH, textWidth } from "./StageBars";
import { StageSwatch } from "./StageFill";
import styles from "./Stages.module.css";
import { STAGE_LOOKS } from "./stage-looks";

type BarLength = "time" | "share";

const LENGTHS = [
  { value: "time", label: "Time" },
  { value: "share", label: "Share" },
] as const;

const NAMES_WIDTH = 58;
const BAR_HEIGHT = 18;
const ROWS = 4;

/** Where the time of the mean, p50, p95 and p99 request goes: a bar each, made of stages. */
export const BreakdownChart = memo(function BreakdownChart({ view }: { readonly view: ChartView }) {
  const { summary, baseline } = view;
  const model = useMemo(() => breakdownModel(summary, baseline), [summary, baseline]);
  const [length, setLength] = useState<BarLength>("time");
  const [point, setPoint] = useState<BarPoint | null>(null);
  const plot = useRef<HTMLDivElement>(null);
  const longest = Math.max(
    0,
    ...model.bars.map(({ totalMs, before }) => Math.max(totalMs, before?.totalMs ?? 0)),
  );
  const ceiling = useSteady<number>((earlier) => steadyCeiling(earlier, longest));
  const isShare = length === "share";
  const high = isShare ? 1 : ceiling;
  const width = cardPlotWidth(view.columnWidth);
  const ticks = linearTicks(
    isShare ? "share" : "ms",
    high,
    Math.max(2, Math.floor((width - NAMES_WIDTH) / 64)),
  );
  const rows = useMemo(() => model.bars.map((bar) => barRow(bar, isShare)), [model, isShare]);
  const bar = point === null ? undefined : model.bars[point.row];
  const part = point === null ? undefined : bar?.parts[point.piece];
  const spoken =
    bar === undefined || part === undefined
      ? ""
      : `${ROW_WORDS[bar.of]}, ${formatMs(bar.totalMs)}: ${STAGE_LOOKS[part.stage].label} ${formatMs(part.ms)}, ${formatPercent(part.share)}`;
  const pictureKeys: PictureKey[] = model.stages.map((stage) => ({ kind: "fill", ...STAGE_LOOKS[stage] }));

  return (
    <ChartCard
      id="breakdown"
      title={model.title}
      reading={model.reading}
      empty={model.empty}
      legend={
        <ul className={styles.legend} aria-label="Stages">
          {model.stages.map((stage) => (
            <li key={stage}>
              <StageSwatch stage={stage} />
              <Explained meaning={STAGE_LOOKS[stage].meaning}>{STAGE_LOOKS[stage].label}</Explained>
            </li>
          ))}
        </ul>
      }
      pictureKeys={pictureKeys}
      table={() => breakdownTable(model)}
      choice={
        <div className={card.choice}>
          <SegmentedField
            label="Length of the bars"
            value={length}
            options={LENGTHS}
            onChange={(value) => setLength(value === "share" ? "share" : "time")}
          />
        </div>
      }
      plot={plot}
    >
      <StageBars
        label={`${model.title}. Arrow keys move over the stages.`}
        width={width}
        left={NAMES_WIDTH}
        high={high}
        ticks={ticks}
        rows={rows}
        rowHeight={BARS_HEIGHT / ROWS}
        barHeight={BAR_HEIGHT}
        plot={plot}
        point={point}
        onPoint={setPoint}
        spoken={spoken}
        tooltip={
          bar !== undefined &&
          part !== undefined && (
            <ChartTooltip
              title={`${ROW_WORDS[bar.of]}, ${formatMs(bar.totalMs)}`}
              rows={bar.parts.map(({ stage, ms, share }) => ({
                key: stage,
                label: (
                  <>
                    <StageSwatch stage={stage} />
                    {STAGE_LOOKS[stage].label}
                  </>
                ),
                value: `${formatMs(ms)} · ${formatPercent(share)}`,
                before:
                  bar.before === null || width < TOOLTIP_WIDTH
                    ? undefined
                    : formatMs(bar.before.stagesMs[stage]),
              }))}
              notes={[STAGE_LOOKS[part.stage].meaning]}
            />
          )
        }
      >
        {({ across, top }) =>
          model.bars.map((one, row) => (
            <g key={one.of}>
              <text className={styles.name} x={0} y={top(row) + 11}>
                {one.of}
              </text>
              <text className={styles.total} x={0} y={top(row) + 26}>
                {formatMs(one.totalMs)}
              </text>
              {one.parts.map(({ stage, startMs, ms, share }) => {
                const start = across(isShare ? startMs / one.totalMs : startMs);
                const end = across(isShare ? (startMs + ms) / one.totalMs : startMs + ms);
                const text = fittingText(
                  STAGE_LOOKS[stage].label,
                  formatMs(ms),
                  formatPercent(share),
                  end - start,
                );
                return text === null ? null : (
                  <text key={stage} className={styles.text} x={start} y={top(row) + BAR_HEIGHT + 12}>
                    {text}
                  </text>
                );
              })}
              {one.before !== null && !isShare && (
                <line
                  data-series={one.of}
                  className={styles.before}
                  x1={across(one.before.totalMs)}
                  x2={across(one.before.totalMs)}
                  y1={top(row) - 4}
                  y2={top(row) + BAR_HEIGHT + 4}
                />
              )}
            </g>
          ))
        }
      </StageBars>
    </ChartCard>
  );
});

function barRow({ of, parts, totalMs }: BreakdownBar, isShare: boolean): BarRow {
  const unit = isShare ? totalMs : 1;
  return {
    key: of,
    pieces: parts.map(({ stage, startMs, ms }) => ({
      stage,
      start: startMs / unit,
      end: (startMs + ms) / unit,
    })),
  };
}

/** As much as there is room for: stage, value and share, or less; null where not even the share fits. */
function fittingText(label: string, value: string, share: string, width: number): string | null {
  const texts = [`${label} ${value} · ${share}`, `${value} · ${share}`, share];
  return texts.find((text) => textWidth(text) + 4 <= width) ?? null;
}
