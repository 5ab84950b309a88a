import type {
  ComparedDisturbance,
  DisturbanceFigureName,
  ValidatedDisturbance,
  ValidatedTrial,
} from "../../src/analysis/validation-report";
import { markdownTable, number, OUTSIDE, percent, type Table } from "./text-tables";

const COLUMNS: readonly (readonly [head: string, name: DisturbanceFigureName])[] = [
  ["failing, s", "failingSeconds"],
  ["first to last failure, s", "failingSpanS"],
  ["recovery, s", "recoveryS"],
  ["successes meanwhile, 1/s", "goodputPerSecond"],
  ["no success, s", "zeroGoodputSeconds"],
  ["p95 meanwhile, ms", "p95DuringMs"],
  ["p95 after, ms", "p95AfterMs"],
  ["all dynos down, s", "allDownSeconds"],
];

/** Seconds that were counted need no more digits than a mean of them. */
function seconds(value: number): string {
  return String(Number(value.toFixed(1)));
}

function cell(figure: ComparedDisturbance | undefined, text: (value: number) => string): string {
  if (figure === undefined) return "";
  const { measured, simulated, interval, agrees } = figure;
  const [low, high] = interval.map(text);
  return `${text(measured)} → ${text(simulated)} [${low}–${high}]${agrees ? "" : OUTSIDE}`;
}

function windowText({ window }: ValidatedDisturbance): string {
  return window === null ? "by itself" : window.map(seconds).join("–");
}

/** One row for each trial in which something changes. */
export function disturbanceTable(trials: readonly ValidatedTrial[]): Table {
  return {
    head: ["trial", "from–to, s", "failed, by kind", ...COLUMNS.map(([head]) => head)],
    rows: trials.flatMap(({ id, strictlyValid, disturbance }) => {
      if (disturbance === null) return [];
      const { figures, failures } = disturbance;
      const kinds = failures.map((failure) => `${failure.kind} ${cell(failure, (value) => percent(value))}`);
      return [
        [
          strictlyValid ? id : `${id} (busy)`,
          windowText(disturbance),
          kinds.join("; "),
          ...COLUMNS.map(([head, name]) => cell(figures[name], head.endsWith(", s") ? seconds : number)),
        ],
      ];
    }),
  };
}

/** What does not agree, by the heads of the table. */
export function disturbanceOutside(disturbance: ValidatedDisturbance | null): string[] {
  if (disturbance === null) return [];
  const { figures, failures } = disturbance;
  return [
    ...failures.filter(({ agrees }) => !agrees).map(({ kind }) => kind),
    ...COLUMNS.filter(([, name]) => figures[name]?.agrees === false).map(
      ([head]) => head.split(",")[0] ?? head,
    ),
  ];
}

const BARS = " ▁▂▃▄▅▆▇█";

/** One sign for each second; a blank only where there was nothing. */
function bars(values: readonly number[], most: number): string {
  const highest = BARS.length - 1;
  return values.map((value) => BARS[Math.min(highest, Math.ceil((value / most) * highest))]).join("");
}

/** Successes and failures of each second, the measured above the simulated. */
function pictures(trials: readonly ValidatedTrial[]): string {
  return trials
    .flatMap(({ id, disturbance }) => {
      if (disturbance === null) return [];
      const { measured, simulated } = disturbance;
      const most = Math.max(...[measured, simulated].flatMap(({ ok, failed }) => [...ok, ...failed]));
      const line = (word: string, values: readonly number[]): string =>
        `  ${word.padEnd(20)}│${bars(values, most)}│`;
      return [
        `${id}, up to ${Math.round(most)} a second`,
        line("succeeded, measured", measured.ok),
        line("           simulated", simulated.ok),
        line("failed,    measured", measured.failed),
        line("           simulated", simulated.failed),
        "",
      ];
    })
    .join("\n")
    .trimEnd();
}

/** The part of `docs/validation.md` about trials in which something changes. */
export function disturbanceSection(trials: readonly ValidatedTrial[]): string[] {
  return [
    "## When something changes: second by second",
    `A spike of traffic, a dyno killed, a database restarted, dynos added beyond the connection limit, health checks under overload: these trials are also compared second by second. Each cell: measured → mean of the runs [where 95 % of the runs fall]; ${OUTSIDE.trim()}: neither inside nor as near to the mean as was promised. "Failing" counts the seconds with a failure. Recovery is the time from the disturbance's begin until nine in ten of the requests sent are matched by successes of the same second, over three seconds; where that never happens, until the end of the run. "Meanwhile" is while the disturbance lasts (a restarted database: while it is down), "by itself" that each run comes to it at a time of its own, so that only its whole is compared.`,
    markdownTable({ ...disturbanceTable(trials), wordColumns: 3 }),
    "One sign for each second, the simulated as the mean of the runs:",
    `\`\`\`text\n${pictures(trials)}\n\`\`\``,
  ];
}
