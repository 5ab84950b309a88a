import type { RunSummary } from "../../../analysis/result-types";
import { formatCount, formatPercent } from "../../../base/format";
import type { ChartView } from "../chart-types";
import { cutRows } from "./cut-rows";
import { DYNO_STATE_LOOKS, dynoStates, threadsOfWorking } from "./dyno-states";
import { type FleetLoad, type FleetRows, fleetLoad, fleetRows, spreadOver } from "./fleet-rows";
import type { HeatModel } from "./heat-types";
import { baselineCut, viewCut } from "./view-cut";

/**
 * Busy threads of every dyno over time, fleet after fleet: who gets more than its share. Dynos of several fleets are
 * compared by the share of their threads, for a fleet of five threads is as full with five as one of ten with ten.
 */
export function dynosModel(view: ChartView): HeatModel {
  const { summary, baseline } = view;
  const cut = viewCut(view, "every");
  const fleets = fleetRows(summary);
  const isOne = fleets.length <= 1;
  const rows = fleets.reduce((sum, { count }) => sum + count, 0);
  const threadsOfRow = Float64Array.from(fleets.flatMap(({ count, threads }) => Array(count).fill(threads)));
  const { series } = summary;
  const busy = cutRows(threadsOfWorking(series), rows, series.atS.length, cut);
  const states = dynoStates(series, rows, cut);
  const columns = cut.x.length;
  const cells = isOne
    ? busy
    : busy.map((threads, cell) => threads / (threadsOfRow[Math.floor(cell / columns)] ?? 1));
  const spread = spreadOver(cells, rows, columns);
  const threads = fleets[0]?.threads ?? 1;
  const quantity = isOne ? "count" : "share";
  return {
    id: "dynos",
    ...dynosWords(summary, baseline, fleets),
    axisTitle: "dyno",
    cut,
    cells,
    rows,
    axis: { kind: "rows", groups: fleets },
    most: isOne ? threads : 1,
    exponent: 1,
    scale: { low: isOne ? "0" : "none", high: isOne ? formatCount(threads) : "all", title: "busy threads" },
    baselineX: baselineCut(view).x,
    lines: [],
    columnFacts: [
      { label: "busiest dyno", quantity, values: spread.most },
      { label: "mean of all", quantity, values: spread.mean },
      { label: "least busy", quantity, values: spread.least },
    ],
    cellText(row, column) {
      const cell = row * columns + column;
      const state = states[cell] ?? "up";
      const words = state === "gone" ? "not there" : DYNO_STATE_LOOKS[state]?.words;
      const value = busy[cell] ?? Number.NaN;
      const text = Number.isNaN(value) ? [] : [`${threadsText(value)} of ${threadsOfRow[row]} threads`];
      const said = words === undefined ? text : [...text, words];
      return said.length === 0 ? null : `${rowTitle(row)}: ${said.join(", ")}`;
    },
    ...(states.length === 0 ? {} : { states }),
    rowTitle,
    every: series.busyThreadsPerDyno,
  };

  function rowTitle(row: number): string {
    const fleet = fleets.findLast(({ first }) => first <= row);
    return isOne || fleet === undefined ? `dyno ${row + 1}` : `${fleet.name} ${row - fleet.first + 1}`;
  }
}

function threadsText(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1);
}

type Words = Pick<HeatModel, "title" | "reading" | "empty">;
type LoadedFleet = FleetRows & FleetLoad;

function dynosWords(summary: RunSummary, baseline: RunSummary | null, fleets: readonly FleetRows[]): Words {
  const [first, ...others] = fleets;
  if (first === undefined || summary.figures.simulatedRequests === 0) {
    return {
      title: "How is the work spread over the dynos?",
      reading: "Busy threads of each dyno over time.",
      empty:
        first === undefined
          ? "No dyno was up, so none had work to do."
          : "No requests were sent, so the dynos have nothing to do.",
    };
  }
  const run = summary.figures.replications > 1 ? "In the first replication" : "Here";
  const dynos = fleets.reduce((sum, { count }) => sum + count, 0);
  const loads = fleets.map((fleet) => ({ ...fleet, ...fleetLoad(summary, fleet) }));
  const full = loads.reduce((sum, load) => sum + load.full * load.count, 0) / dynos;
  const reading =
    full === 0 ? `${run} no dyno is ever full.` : `${run} a dyno is full ${formatPercent(full)} of the time.`;
  const [load] = loads;
  if (others.length > 0 || load === undefined) return { title: titleOfMany(loads), reading, empty: null };
  const old = baseline === null ? undefined : fleetRows(baseline)[0];
  const before =
    baseline === null || old === undefined
      ? ""
      : ` Baseline: ${threadsText(fleetLoad(baseline, old).most)} on the busiest.`;
  return { title: titleOfOne(load), reading: `${reading}${before}`, empty: null };
}

/** The busiest and the least busy dyno differ by less than this share of the threads: the load is shared. */
const EVEN = 0.15;

function titleOfOne({ threads, count, most, least }: LoadedFleet): string {
  if (count === 1) return `The dyno keeps ${threadsText(most)} of ${threads} threads busy`;
  return most - least <= threads * EVEN
    ? `Dynos share the load: ${threadsText(least)} to ${threadsText(most)} of ${threads} threads busy`
    : `Of ${threads} threads the busiest dyno uses ${threadsText(most)}, the idlest ${threadsText(least)}`;
}

const MOST_NAMED = 3;

function titleOfMany(loads: readonly LoadedFleet[]): string {
  const texts = loads
    .toSorted((one, other) => other.mean / other.threads - one.mean / one.threads)
    .map(({ name, mean, threads }) => `${name} ${threadsText(mean)} of ${threads}`);
  const rest = texts.length - MOST_NAMED;
  const named = texts.slice(0, MOST_NAMED).join(", ");
  return `Busy threads of a dyno: ${named}${rest > 0 ? `, and ${rest} more fleets` : ""}`;
}
