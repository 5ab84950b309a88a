import type { SweepAnswer } from "../../study/answer-types";
import { MEASURE_NAMES, type MeasureName } from "../../study/question-types";

const UNITS: Readonly<Record<MeasureName, string>> = {
  throughput: "throughput_per_s",
  failureRate: "failure_rate",
  mean: "mean_ms",
  p50: "p50_ms",
  p95: "p95_ms",
  p99: "p99_ms",
  queueP95: "queue_p95_ms",
  monthlyUsd: "monthly_usd",
  usdPerMillion: "usd_per_million",
};

/** Every combination in a line: its values, and each measure with the ends of its interval. Nothing where there is nothing. */
export function sweepCsv({ axes, cells }: SweepAnswer): string {
  const head = [
    ...axes.map(({ path }) => path),
    "replications",
    "objective_met",
    ...MEASURE_NAMES.flatMap((name) => [UNITS[name], `${UNITS[name]}_from`, `${UNITS[name]}_to`]),
    "problem",
  ];
  const lines = cells.map(({ at, replications, measures, isMet, problem }) => [
    ...axes.map(({ values }, axis) => String(values[at[axis] ?? 0])),
    String(replications),
    isMet === null ? "" : String(isMet),
    ...MEASURE_NAMES.flatMap((name) => {
      const { mean, ci95 } = measures?.[name] ?? { mean: null, ci95: null };
      return [mean, ci95?.[0] ?? null, ci95?.[1] ?? null].map((value) =>
        value === null ? "" : String(value),
      );
    }),
    problem ?? "",
  ]);
  return [head, ...lines].map((fields) => `${fields.map(field).join(",")}\r\n`).join("");
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
