import { memo, useMemo, useRef, useState } from "react";
import type { RunSummary, SampledRequest } from "../../../analysis/result-types";
import { formatMs, formatPercent } from "../../../base/format";
import { SegmentedField } from "../../controls/SegmentedField";
import { ChartCard } from "../ChartCard";
import { ChartTooltip } from "../ChartTooltip";
import type { ChartView } from "../chart-types";
import { cardPlotWidth } from "../plot-geometry";
import { roundCeiling } from "../steady-domain";
import { linearTicks } from "../ticks";
import { BARS_HEIGHT, type BarPoint, type BarScale, StageBars, textWidth } from "./StageBars";
import { StageSwatch } from "./StageFill";
import styles from "./Stages.module.css";
import { STAGE_LOOKS } from "./stage-looks";
import { MOST_ROWS, sampleName, type WaterfallRow, waterfallModel, waterfallTable } from "./waterfall-model";

const TALLEST_ROW = 30;
/** Room for half of the axis' first number. */
const LEFT = 6;
const NO_TABLE = { head: [], fileHead: [], rows: [], quantities: [], rowTitle: () => "" };

/** Single requests, stage by stage: a typical one, the slowest, and one for each way to fail. */
export const WaterfallChart = memo(function WaterfallChart({ view }: { readonly view: ChartView }) {
  const { samples } = view.summary;
  const [chosen, setChosen] = useState("typical");
  const plot = useRef<HTMLDivElement>(null);
  const sample = samples.find(({ why }) => why === chosen) ?? samples[0];
  if (sample === undefined) {
    return (
      <ChartCard
        id="waterfall"
        title="What happens to a single request?"
        reading="One recorded request, stage by stage."
        empty={nothing(view.summary)}
        legend={<div className={styles.choices} />}
        pictureKeys={[]}
        table={() => NO_TABLE}
        plot={plot}
      >
        {null}
      </ChartCard>
    );
  }
  return (
    <Waterfall
      key={sample.why}
      sample={sample}
      summary={view.summary}
      width={cardPlotWidth(view.columnWidth)}
      onChoose={setChosen}
    />
  );
});

function nothing({ figures }: RunSummary): string {
  return figures.simulatedRequests === 0
    ? "No requests were sent: the traffic is zero."
    : "No request has ended yet, so none was recorded.";
}

interface WaterfallProps {
  readonly sample: SampledRequest;
  readonly summary: RunSummary;
  readonly width: number;
  readonly onChoose: (why: string) => void;
}

function Waterfall({ sample, summary, width, onChoose }: WaterfallProps) {
  const model = useMemo(() => waterfallModel(sample, summary), [sample, summary]);
  const [point, setPoint] = useState<BarPoint | null>(null);
  const plot = useRef<HTMLDivElement>(null);
  const high = roundCeiling(sample.latencyMs);
  const ticks = linearTicks("ms", high, Math.max(2, Math.floor(width / 72)));
  const rowHeight = Math.min(TALLEST_ROW, BARS_HEIGHT / Math.min(MOST_ROWS, Math.max(1, model.rows.length)));
  const row = point === null ? undefined : model.rows[point.row];
  const segment = point === null ? undefined : row?.segments[point.piece];
  const rows = useMemo(
    () =>
      model.rows.map(({ stage, segments }) => ({
        key: `${stage} ${segments[0]?.startMs}`,
        pieces: segments.map(({ startMs, durationMs }) => ({
          stage,
          start: startMs,
          end: startMs + durationMs,
        })),
      })),
    [model],
  );
  const numbered =
    row === undefined || point === null || row.segments.length === 1
      ? ""
      : `, ${point.piece + 1} of ${row.segments.length}`;

  return (
    <ChartCard
      id="waterfall"
      title={model.title}
      reading={model.reading}
      empty={null}
      legend={
        <div className={styles.choices}>
          <SegmentedField
            label="Which request"
            value={sample.why}
            options={summary.samples.map((one) => ({ value: one.why, label: sampleName(one) }))}
            onChange={onChoose}
          />
          {model.isSummed && <span className={styles.summed}>the last stretches sum up the rest</span>}
        </div>
      }
      pictureKeys={[]}
      table={() => waterfallTable(sample)}
      plot={plot}
    >
      <StageBars
        label={`${model.title}. Arrow keys move over the stages.`}
        width={width}
        left={LEFT}
        high={high}
        ticks={ticks}
        rows={rows}
        rowHeight={rowHeight}
        barHeight={rowHeight - 6}
        plot={plot}
        point={point}
        onPoint={setPoint}
        spoken={
          row === undefined || segment === undefined
            ? ""
            : `${STAGE_LOOKS[row.stage].label}${numbered}: begins at ${formatMs(segment.startMs)}, takes ${formatMs(segment.durationMs)}`
        }
        tooltip={
          row !== undefined &&
          segment !== undefined && (
            <ChartTooltip
              title={
                <>
                  <StageSwatch stage={row.stage} />
                  {STAGE_LOOKS[row.stage].label}
                  {numbered}
                </>
              }
              rows={[
                { key: "start", label: "begins at", value: formatMs(segment.startMs) },
                { key: "takes", label: "takes", value: formatMs(segment.durationMs) },
                {
                  key: "share",
                  label: "of the request",
                  value: formatPercent(sample.latencyMs > 0 ? segment.durationMs / sample.latencyMs : 0),
                },
              ]}
              notes={[STAGE_LOOKS[row.stage].meaning]}
            />
          )
        }
      >
        {(scale) => (
          <>
            <Ending sample={sample} x={scale.across(sample.latencyMs)} bottom={scale.top(0) + BARS_HEIGHT} />
            {model.rows.map((one, index) => (
              <RowText
                key={rows[index]?.key}
                row={one}
                scale={scale}
                y={scale.top(index) + rowHeight / 2 + 1}
                width={width}
              />
            ))}
          </>
        )}
      </StageBars>
    </ChartCard>
  );
}

interface RowTextProps {
  readonly row: WaterfallRow;
  readonly scale: BarScale;
  readonly y: number;
  readonly width: number;
}

/** Behind a text that finds room only on its bar. */
const GROUND_HEIGHT = 15;

/** What a line is, beside its last piece; before its first where that is too near to the edge. */
function RowText({ row, scale, y, width }: RowTextProps) {
  const { stage, segments, totalMs } = row;
  const times = segments.length > 1 ? ` × ${segments.length},` : "";
  const text = `${STAGE_LOOKS[stage].label}${times} ${formatMs(totalMs)}`;
  const first = segments[0];
  const last = segments.at(-1);
  if (first === undefined || last === undefined) return null;
  const start = scale.across(first.startMs);
  const end = scale.across(last.startMs + last.durationMs);
  const length = textWidth(text);
  const isAfter = end + 6 + length <= width;
  const isBefore = !isAfter && start - 6 - length >= 0;
  const x = isAfter ? end + 6 : isBefore ? start - 6 : Math.max(6, end - 6);
  return (
    <>
      {!isAfter && !isBefore && (
        <rect
          className={styles.ground}
          x={x - length - 3}
          y={y - GROUND_HEIGHT + 4}
          width={length + 6}
          height={GROUND_HEIGHT}
          rx={2}
        />
      )}
      <text className={styles.text} x={x} y={y} textAnchor={isAfter ? "start" : "end"}>
        {text}
      </text>
    </>
  );
}

/** The moment of the answer, or of the failure. */
function Ending({ sample, x, bottom }: { sample: SampledRequest; x: number; bottom: number }) {
  const { failure, latencyMs } = sample;
  const isFailed = failure !== null || undefined;
  const text = `${failure === null ? "answer" : "failure"} after ${formatMs(latencyMs)}`;
  const isLate = x > textWidth(text) + 8;
  return (
    <>
      <line className={styles.end} data-failed={isFailed} x1={x} x2={x} y1={2} y2={bottom} />
      <text
        className={styles.endText}
        data-failed={isFailed}
        x={isLate ? x - 4 : x + 4}
        y={9}
        textAnchor={isLate ? "end" : "start"}
      >
        {text}
      </text>
    </>
  );
}
