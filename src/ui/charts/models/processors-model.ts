import type { RunSummary } from "../../../analysis/result-types";
import { formatPercent } from "../../../base/format";
import { resolveDynoType } from "../../../scenario/catalogue";
import type { ChartView, TimeModel } from "../chart-types";
import { type GaugeLook, gaugeSeries, measuredMean } from "./gauge-series";
import { type Processors, usedProcessors } from "./used-parts";
import { baselineCut, viewCut } from "./view-cut";

const LOOKS: Readonly<Record<Processors, GaugeLook & { readonly whose: string }>> = {
  cpu: { column: "cpu", label: "dynos", whose: "the dynos'", color: "var(--chart-1)", look: "line" },
  databaseCpu: {
    column: "databaseCpu",
    label: "database",
    whose: "the database's",
    color: "var(--chart-3)",
    look: "line",
  },
  replicaCpu: {
    column: "replicaCpu",
    label: "replicas",
    whose: "the replicas'",
    color: "var(--chart-4)",
    look: "line",
    dash: "6 3",
  },
};

/**
 * The share of the dynos' processors that their processes can use at most: with a global lock or an event loop a process
 * computes on one at a time, however many there are.
 */
export function reachableShare({ figures }: RunSummary): number {
  let all = 0;
  let reachable = 0;
  for (const { dynos, dynoType, processes, threads, runtime } of figures.scenario.fleets) {
    const { vcpus } = resolveDynoType(dynoType);
    all += dynos * vcpus;
    reachable += dynos * Math.min(vcpus, processes * (runtime === "parallel" ? threads : 1));
  }
  return all > 0 ? reachable / all : 1;
}

/** How busy the processors are over time, as shares of all that there are. */
export function processorsModel(view: ChartView): TimeModel {
  const { summary } = view;
  const cut = viewCut(view, "calm");
  const oldCut = baselineCut(view);
  const used = usedProcessors(summary);
  const reachable = reachableShare(summary);
  return {
    id: "processors",
    ...processorsWords(summary, used),
    quantity: "share",
    axisTitle: "busy processors",
    cut,
    baselineX: oldCut.x,
    lines: [
      { value: 1, label: "all busy", kind: "limit" },
      ...(used.includes("cpu") && reachable < 1
        ? [
            {
              value: reachable,
              label: `all that processes can use, ${formatPercent(reachable)}`,
              kind: "limit" as const,
            },
          ]
        : []),
    ],
    series: gaugeSeries(
      view,
      cut,
      oldCut,
      "processors",
      used.map((name) => {
        const { whose: _, ...look } = LOOKS[name];
        return look;
      }),
    ),
  };
}

/** Of what can be used: above this the line in front of a processor grows fast. */
const BUSY = 0.8;

function processorsWords(
  summary: RunSummary,
  used: readonly Processors[],
): Pick<TimeModel, "title" | "reading" | "empty"> {
  const isEmpty = summary.figures.simulatedRequests === 0 || summary.series.atS.length === 0;
  const means = used
    .map((name) => ({
      ...LOOKS[name],
      mean: measuredMean(summary, name),
      most: name === "cpu" ? reachableShare(summary) : 1,
    }))
    .sort((one, other) => other.mean / other.most - one.mean / one.most);
  const [most] = means;
  if (isEmpty || most === undefined) {
    return {
      title: "How busy are the processors?",
      reading: "Shares of all processors that compute, over time.",
      empty: isEmpty ? "No requests were sent, so there was nothing to compute." : null,
    };
  }
  const busy = formatPercent(most.mean);
  const limit = formatPercent(most.most);
  const title =
    most.most < 1
      ? `The dynos compute at ${busy}; their processes can use ${limit}`
      : most.mean >= BUSY
        ? `At ${busy}, ${most.whose} processors are nearly all busy`
        : `The busiest processors are ${most.whose}, at ${busy}`;
  const all = means.map(({ label, mean }) => `${label} ${formatPercent(mean)}`);
  return { title, reading: `On average: ${all.join(", ")}.`, empty: null };
}
