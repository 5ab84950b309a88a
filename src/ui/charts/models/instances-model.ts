import type { FleetColumns, RunSummary, ScalingLog } from "../../../analysis/result-types";
import { runCost } from "../../../analysis/run-cost";
import { formatCount, formatSpent, formatUsd } from "../../../base/format";
import { MONTH_S, runNoun, timeText } from "../../../base/run-time";
import { resolveDynoType } from "../../../scenario/catalogue";
import type { ChartBand, ChartLine, ChartSeries, ChartView, TimeModel } from "../chart-types";
import { cutMeans } from "../cut-columns";
import { ruleText } from "../scaling/policy-words";
import { hasChangingReplicas, rangeOf, type SizeRange } from "./changing-instances";
import { baselineCut, viewCut } from "./view-cut";

const COLOURS = 9;

/** Dynos up and booting of each fleet, and replicas where their number changes, with the bounds and alarms of their autoscalers. */
export function instancesModel(view: ChartView): TimeModel {
  const { summary, baseline } = view;
  const cut = viewCut(view, "every");
  const oldCut = baselineCut(view);
  const { series, scaling } = summary;

  function line(
    key: string,
    look: Pick<ChartSeries, "label" | "color" | "look" | "dash">,
    column: Float64Array,
    old: Float64Array | undefined,
  ): ChartSeries {
    return {
      key: `instances.${key}`,
      ...look,
      isShownAtFirst: true,
      values: cutMeans(column, cut),
      every: column,
      ...(old === undefined ? {} : { baseline: cutMeans(old, oldCut) }),
    };
  }

  const fleets = series.fleets.filter(hasDynos);
  const lines = fleets.flatMap((fleet, index) => {
    const color = `var(--chart-${1 + (index % COLOURS)})`;
    const old = baseline?.series.fleets.find(({ name }) => name === fleet.name);
    const look = fleets.length === 1 ? "area" : "line";
    const up = { label: `${fleet.name} up`, color, look } as const;
    const booting = { label: `${fleet.name} booting`, color, look: "thin", dash: "3 2" } as const;
    return [
      line(`up.${fleet.name}`, up, fleet.dynos, old?.dynos),
      ...(fleet.booting.some((count) => count > 0)
        ? [line(`booting.${fleet.name}`, booting, fleet.booting, old?.booting)]
        : []),
    ];
  });
  const replicas = { label: "replicas", color: "var(--chart-4)", look: "line" } as const;
  return {
    id: "instances",
    ...instancesWords(summary, fleets),
    quantity: "count",
    axisTitle: hasChangingReplicas(summary) ? "dynos, replicas" : "dynos",
    cut,
    baselineX: oldCut.x,
    lines: scaling.flatMap((log) => boundLines(log, summary)),
    series: [
      ...lines,
      ...(hasChangingReplicas(summary)
        ? [line("replicas", replicas, series.replicas, baseline?.series.replicas)]
        : []),
    ],
    bands: bandsOf(summary),
  };
}

function hasDynos({ dynos, booting }: FleetColumns): boolean {
  return dynos.some((count) => count > 0) || booting.some((count) => count > 0);
}

/** Each bound that was in force; where they were changed, with since when. */
function boundLines(log: ScalingLog, { figures, scaling }: RunSummary): ChartLine[] {
  const whose = scaling.length === 1 ? "" : `${log.fleet ?? "replicas"} `;
  const { durationS } = figures.scenario.run;
  return (["max", "min"] as const).flatMap((bound) =>
    log.bounds
      .filter((span, i) => span[bound] !== log.bounds[i - 1]?.[bound])
      .map((span): ChartLine => {
        const word = bound === "max" ? "at most" : "at least";
        const since = span.fromS === 0 ? "" : ` from ${timeText(span.fromS, durationS)}`;
        return {
          value: span[bound],
          label: `${whose}${word} ${formatCount(span[bound])}${since}`,
          kind: "bound",
        };
      }),
  );
}

/** One for each policy of each autoscaler. */
function bandsOf({ scaling }: RunSummary): ChartBand[] {
  return scaling.flatMap((log) =>
    log.alarms.map(({ policy, spans }): ChartBand => {
      const label = scaling.length === 1 ? policy.name : `${log.fleet ?? "replicas"}: ${policy.name}`;
      return { label, rule: ruleText(policy), spans };
    }),
  );
}

function instancesWords(
  summary: RunSummary,
  fleets: readonly FleetColumns[],
): Pick<TimeModel, "title" | "reading" | "empty"> {
  const ranges = fleets.map(({ name, dynos, booting }) => rangeOf(name, dynos, booting));
  const reading = costReading(summary, ranges);
  const [first, ...others] = ranges;
  const replicas = rangeOf("replicas", summary.series.replicas);
  if (first === undefined || summary.series.atS.length === 0) {
    return { title: "How many dynos run?", reading, empty: "No dyno was there." };
  }
  const replicasPart = hasChangingReplicas(summary) ? [`replicas ${sizeText(replicas)}`] : [];
  if (others.length === 0 && replicasPart.length === 0) {
    const noun = first.most === 1 ? "dyno" : "dynos";
    const title =
      first.least === first.most
        ? `${first.name} runs ${formatCount(first.most)} ${noun} throughout`
        : `${first.name} runs between ${formatCount(first.least)} and ${formatCount(first.most)} dynos`;
    return { title, reading, empty: null };
  }
  const parts = [...ranges.map((range) => `${range.name} ${sizeText(range)}`), ...replicasPart];
  return { title: `Instances: ${parts.join(", ")}`, reading, empty: null };
}

function sizeText({ least, most }: SizeRange): string {
  return least === most ? formatCount(most) : `${formatCount(least)} to ${formatCount(most)}`;
}

/** Shorter runs cost so little that it is said for a month. */
const SHORT_S = 3600;

/** What the run costs, and what it would cost with every fleet at its largest size from beginning to end. */
function costReading(summary: RunSummary, ranges: readonly SizeRange[]): string {
  const { figures } = summary;
  const { durationS } = figures.scenario.run;
  const { usd, isWhole } = runCost(figures);
  const changing = ranges.filter(({ least, most }) => least < most);
  const more = usdMore(summary, changing);
  const [only, ...others] = changing;
  const size =
    only !== undefined && others.length === 0
      ? `at a fixed ${formatCount(only.most)} dynos`
      : "with every fleet at its largest size throughout";
  if (durationS < SHORT_S) {
    const monthly = figures.cost.monthlyUsd;
    const own = `At this average a month costs ${formatUsd(monthly)}`;
    return changing.length === 0 || !isWhole
      ? `${own}.`
      : `${own}; ${size} it would cost ${formatUsd(monthly + (more / durationS) * MONTH_S)}.`;
  }
  const noun = runNoun(durationS);
  if (!isWhole) return `This ${noun} has cost ${formatSpent(usd)} so far.`;
  const own = `This ${noun} costs ${formatSpent(usd)}`;
  return changing.length === 0 ? `${own}.` : `${own}; ${size} it would cost ${formatSpent(usd + more)}.`;
}

/** How much more the run would cost if some fleets were at their largest size throughout. */
function usdMore({ figures, series }: RunSummary, ranges: readonly SizeRange[]): number {
  return ranges.reduce((usd, { name, most }) => {
    const columns = series.fleets.find((fleet) => fleet.name === name);
    const fleet = figures.scenario.fleets.find((one) => one.name === name);
    if (columns === undefined || fleet === undefined) return usd;
    const { monthlyUsd } = resolveDynoType(fleet.dynoType);
    return usd + (unusedS(columns, most, series.bucketS) * monthlyUsd) / MONTH_S;
  }, 0);
}

/** How long instances were not there, all together, that would be at the largest size. */
function unusedS({ dynos, booting }: FleetColumns, most: number, bucketS: number): number {
  let total = 0;
  for (const [bucket, up] of dynos.entries()) {
    const missing = most - up - (booting[bucket] ?? 0);
    if (!Number.isNaN(missing)) total += missing * bucketS;
  }
  return total;
}
