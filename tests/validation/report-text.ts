import type {
  ComparedFigure,
  ComparedFigureName,
  ReplayedTrace,
  ValidatedTrial,
  ValidationGoal,
  ValidationReport,
} from "../../src/analysis/validation-report";
import { hasOutside } from "./comparison";
import { disturbanceOutside, disturbanceSection, disturbanceTable } from "./disturbance-text";
import { percentileOf } from "./lab-rules";
import { markdownTable, number, OUTSIDE, percent, signed, type Table, terminalTable } from "./text-tables";

function goalTable(goals: readonly ValidationGoal[]): Table {
  const value = (goal: ValidationGoal, of: number): string =>
    goal.unit === "points" ? `${(of * 100).toFixed(2)} points` : percent(of, of < 0.1 ? 2 : 1);
  return {
    head: ["", "goal", "reached", ""],
    rows: goals.map((goal) => [
      goal.name,
      `${goal.direction === "at-most" ? "≤" : "≥"} ${value(goal, goal.goal)}`,
      value(goal, goal.reached),
      goal.met ? "met" : "missed",
    ]),
  };
}

function cell(name: ComparedFigureName, figure: ComparedFigure | undefined): string {
  if (figure === undefined) return "";
  const { measured, simulated, replayed, error, inside } = figure;
  const isRate = name === "failureRate";
  const text = isRate ? (value: number): string => percent(value) : number;
  const difference = isRate ? `${signed((error * 100).toFixed(1))} points` : signed(percent(error));
  const runs = replayed === null ? text(simulated) : `${text(replayed)} (${text(simulated)})`;
  return `${text(measured)} → ${runs}, ${difference}${inside ? "" : OUTSIDE}`;
}

function spreadText({ repeatSpread }: ValidatedTrial): string {
  if (repeatSpread === null) return "";
  const { throughputPerSecond = 0, latencyMeanMs = 0, latencyP95Ms = 0 } = repeatSpread;
  return [throughputPerSecond, latencyMeanMs, latencyP95Ms].map((spread) => percent(spread)).join(" · ");
}

function failuresText({ failures }: ValidatedTrial): string {
  return failures
    .map(({ kind, measured, simulated }) => `${kind} ${percent(measured)} → ${percent(simulated)}`)
    .join("; ");
}

function missedText(goals: readonly ValidationGoal[]): string[] {
  if (goals.every(({ met }) => met)) return [];
  return [
    "**A goal that is missed stays as it was promised.** Which trials miss it, and what the model lacks for them, stands under [what stands outside](#what-stands-outside-and-why).",
  ];
}

const COLUMNS: readonly (readonly [head: string, name: ComparedFigureName])[] = [
  ["throughput, 1/s", "throughputPerSecond"],
  ["mean, ms", "latencyMeanMs"],
  ["p50, ms", "latencyP50Ms"],
  ["p95, ms", "latencyP95Ms"],
  ["p99, ms", "latencyP99Ms"],
  ["queue, ms", "queueMeanMs"],
  ["failed", "failureRate"],
];

function trialTable(trials: readonly ValidatedTrial[]): Table {
  return {
    head: ["trial", ...COLUMNS.map(([head]) => head), "failed by kind", "repeats"],
    rows: trials.map((trial) => [
      trial.strictlyValid ? trial.id : `${trial.id} (busy)`,
      ...COLUMNS.map(([, name]) => cell(name, trial.figures[name])),
      failuresText(trial),
      spreadText(trial),
    ]),
  };
}

function traceTable(traces: readonly ReplayedTrace[]): Table {
  const promise = ({ goal, met }: ReplayedTrace): string => {
    if (goal === null) return "none";
    const single = goal.within5Ms === null ? "" : `≥ ${percent(goal.within5Ms, 0)}, `;
    return `${single}mean ± ${percent(goal.meanError, 0)}: ${met ? "met" : "missed"}`;
  };
  return {
    head: ["trace", "balancer", "load", "requests", "within 5 ms", "mean latency", "goal"],
    rows: traces.map((trace) => [
      trace.id,
      trace.balancer,
      percent(trace.utilization, 0),
      String(trace.requests),
      percent(trace.within5Ms),
      signed(percent(trace.meanError, 2)),
      promise(trace),
    ]),
  };
}

/** For a terminal: as wide as it needs to be. */
export function terminalText(report: ValidationReport): string {
  const { trials, traces, goals } = report;
  return [
    `measured → simulated, error (where the trial was recorded: replayed, in brackets simulated with other chance); ${OUTSIDE.trim()} outside the prediction interval; (busy): other work on the lab's machine; repeats: spread of throughput · mean · p95 between the lab's own`,
    terminalTable(trialTable(trials)),
    `trials in which something changes, second by second: measured → mean of the runs [95 % of the runs]; ${OUTSIDE.trim()} does not agree`,
    terminalTable(disturbanceTable(trials)),
    "traces replayed with their own arrivals and durations, request by request",
    terminalTable(traceTable(traces)),
    terminalTable(goalTable(goals)),
    "",
  ].join("\n\n");
}

const FAMILIES: Readonly<Record<string, string>> = {
  A: "A: one dyno of ten threads, closed loop",
  B: "B: balancers over five dynos, closed loop",
  C: "C: a connection limit of 57, with and without a pooler",
  D: "D: a pool smaller than the threads",
  E: "E: open loop up to 95 % load",
  F: "F: service times that vary widely",
  G: "G: a spike, with a timeout at the balancer or in its line",
  H: "H: one query of 100 ms against twenty of 5 ms",
  I: "I: a dyno killed, a database restarted, health checks under overload",
  K: "K: a pooler with 5 to 40 connections",
};

function familySections(trials: readonly ValidatedTrial[]): string[] {
  const families = [...new Set(trials.map(({ family }) => family))];
  return families.flatMap((family) => [
    `### ${FAMILIES[family] ?? family}`,
    markdownTable(trialTable(trials.filter((trial) => trial.family === family))),
  ]);
}

/** What of a trial stands outside, by the heads of the tables. */
function outsideNames({ figures, disturbance }: ValidatedTrial): string[] {
  const names = COLUMNS.filter(([, name]) => figures[name]?.inside === false).map(
    ([head]) => head.split(",")[0] ?? head,
  );
  return [...names, ...disturbanceOutside(disturbance)];
}

function outsideSection(trials: readonly ValidatedTrial[]): string {
  const byText = new Map<string, string[]>();
  for (const trial of trials.filter(hasOutside)) {
    const text = trial.explanation ?? "Not explained yet.";
    byText.set(text, [...(byText.get(text) ?? []), `${trial.id} (${outsideNames(trial).join(", ")})`]);
  }
  if (byText.size === 0) return "Nothing.";
  return [...byText].map(([text, ids]) => `- **${ids.join(" · ")}**: ${text}`).join("\n");
}

/** Median errors of the mean of runs with other arrivals and durations. */
function mediansOfOtherRuns(trials: readonly ValidatedTrial[]): string {
  const words = [
    ["throughput", "throughputPerSecond"],
    ["mean latency", "latencyMeanMs"],
    ["p50", "latencyP50Ms"],
    ["p95", "latencyP95Ms"],
  ] as const;
  const medians = words.map(([word, name]) => {
    const errors = trials.flatMap(({ figures }) => {
      const figure = figures[name];
      return figure === undefined ? [] : [Math.abs(figure.simulated / figure.measured - 1)];
    });
    const sorted = errors.sort((one, other) => one - other);
    return `${percent(percentileOf(sorted, 0.5))} of the ${word}`;
  });
  return medians.join(", ");
}

function hasReplay({ figures }: ValidatedTrial): boolean {
  return Object.values(figures).some(({ replayed }) => replayed !== null);
}

/** What the goals would come to where replays may not be used. */
function withoutReplays(trials: readonly ValidatedTrial[]): string {
  const unrecorded = trials.filter((trial) => !hasReplay(trial));
  return `**The goals judge replays where they can.** Of the ${trials.length} trials, ${trials.length - unrecorded.length} were recorded request by request, and their errors are those of a run with the same arrivals and durations. Without any replay, against the mean of runs with other arrivals and durations, the median errors of all trials are ${mediansOfOtherRuns(trials)}; over the ${unrecorded.length} trials that were not recorded, ${mediansOfOtherRuns(unrecorded)}. Much of that is the trials' own chance: a trial of a minute is one draw, which its percentiles show most.`;
}

/** What the goal of single requests would come to with the queries' durations as they were drawn. */
function asDrawn(traces: readonly ReplayedTrace[]): string {
  const drawn = traces.filter(({ id, balancer }) => id.includes("as drawn") && balancer !== "random");
  const parts = drawn.map(({ id, within5Ms }) => `${id}: ${percent(within5Ms)}`);
  return `Queries of a trace are replayed with the time that the database really took; with the durations that were drawn for them, fewer single requests agree (${parts.join("; ")}).`;
}

/** `docs/validation.md`. */
export function markdownText(report: ValidationReport): string {
  const { engine, generatedFrom, goals, trials, traces, overheads } = report;
  return `${[
    "# Held against a real stack",
    "<!-- Written by `npm run validate -- --write`: change what writes it, not this file. -->",
    `Engine ${engine} against ${generatedFrom.trials} trials of a real stack (HAProxy, Puma, PgBouncer, PostgreSQL on one machine; ${generatedFrom.measuredRequests.toLocaleString("en")} requests in the measured windows), each simulated ${generatedFrom.replications} times as long as it was measured, and against ${generatedFrom.traces} recorded traces (${generatedFrom.tracedRequests.toLocaleString("en")} requests), replayed request by request. Where the measurements come from, and by what rules requests count, is in [tests/validation](../tests/validation/README.md).`,
    "## Goals",
    markdownTable(goalTable(goals)),
    ...missedText(goals),
    "A measured trial is one draw of a random system. So where its arrivals and durations were recorded, its errors are those of a run with the same, and everywhere it is compared not only with the mean of the simulated runs, but with where single runs of the same length fall: the 95 % prediction interval, mean ± t·s·√(1 + 1/R) over R replications.",
    withoutReplays(trials),
    asDrawn(traces),
    "## What stands outside, and why",
    outsideSection(trials),
    "## What the bench adds",
    "The steps' durations are sleeps, and a real stack spends some time beside them. These constants are the same for every trial and trace; none belongs to a single one.",
    markdownTable({
      wordColumns: 3,
      head: ["what", "how much", "source"],
      rows: overheads.map(({ name, value, source }) => [name, value, source]),
    }),
    "## Traces, request by request",
    "Arrivals and durations are those of the trace, so nothing is left to chance but how a balancer chooses between equals: with round robin nothing at all. Random balancers draw their choices, and a replay draws others: nothing is promised of them, and their mean is that of one draw against another. Where a trace has queries, their durations are what the database took, since a busy machine wakes a sleep late now and then and such delays add up over a long busy period; the line below it has the durations that were drawn.",
    markdownTable(traceTable(traces)),
    "Where nothing is promised: at 95 % load under round robin, constants that are right on average are not right at every moment, and a long busy period adds up what they miss. In the balancer's own line (E_u95_rr_lbqueue) a slot stands idle between two requests for as long as they are on their way, and the machine's hiccups hit every one of them; a constant can only be right on average. HAProxy's random choice of two may draw the same dyno twice (see above), which counts most at 95 % load (E_u95_uni_rand2, besides a busy machine).",
    ...disturbanceSection(trials),
    "## Trials",
    `Each cell: measured → simulated, error; where every request was recorded: measured → replayed with the trial's own arrivals and durations (simulated with others), error of the replay. ${OUTSIDE.trim()}: the measured figure is outside the prediction interval widened by 3 % (a failure rate's by a point). Percentiles are not compared where all durations are constant (latencies lie on a lattice, and a percentile jumps by whole steps), nor queue times where nobody really waits, nor failures where there are none on either side. (busy): other work kept the lab's machine over 70 % busy. Repeats: how far the lab's own repeats of a trial lie apart, in throughput · mean · p95.`,
    ...familySections(trials),
  ].join("\n\n")}\n`;
}

const GOALS_BEGIN = "<!-- goals: written by `npm run validate -- --write` -->\n";
const GOALS_END = "<!-- end of goals -->";

/** The README with the report's goals between its two marks. Throws where the marks are gone. */
export function withGoals(readme: string, { goals, trials, traces }: ValidationReport): string {
  const begin = readme.indexOf(GOALS_BEGIN);
  const end = readme.indexOf(GOALS_END);
  if (begin < 0 || end < begin) throw new Error("The README has lost the marks around the table of goals");
  return `${readme.slice(0, begin)}${GOALS_BEGIN}\n${markdownTable(goalTable(goals))}\n\n${withoutReplays(trials)} ${asDrawn(traces)}\n\n${readme.slice(end)}`;
}
