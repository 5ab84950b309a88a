import { SPELLS, slowSpells } from "./fewer-servers-day";
import type { Assumption } from "./story";

/** How much traffic there is, and how long the day. */
export const DAY: Assumption = {
  what: "The day",
  value:
    "62 requests a second at night, 213 in the day, 250 in the evening; 9.5 hours from four in the morning",
  why: "The article shows traffic without numbers. 250 a second keep 32 tasks as busy as reported, 15 to 20 %. The slopes take as long as in a day of 24 hours; the flat hours between them, in which nothing changes, are cut short.",
  neighbours: [],
};

/** What requests cost. */
export const REQUESTS: Assumption = {
  what: "What requests do",
  value:
    "60 % compute 15 ms and wait 135 ms; 37 % compute 40 ms and wait 120 ms; 3 % compute 30 ms and call a third party, 0.8 s on average",
  why: "The article gives the shares of waiting, 75 % on average and 90 % at the most frequent endpoint, and that third parties can take over a second. A third party that always took longer than one second would ring the p99 alarm day and night.",
  neighbours: [],
};

/** The third parties' slowness, with neighbours of its degree. */
export const SLOW: Assumption = {
  what: "When third parties are slow",
  value: "every half hour of the day, for 90 s (each fourth time for six minutes), 4 s a call",
  why: "The article names their slowness as the cause of the latency spikes, and not its rhythm.",
  neighbours: [0.8, 1.2].map((factor) => ({
    label: `slow calls of ${SPELLS.meanMs * factor} ms`,
    changes: [slowSpells({ ...SPELLS, meanMs: SPELLS.meanMs * factor })],
  })),
};

/** The same, with neighbours of its rhythm. */
export const RHYTHM: Assumption = {
  ...SLOW,
  neighbours: [0.8, 1.2].map((factor) => ({
    label: `slow every ${SPELLS.everyS * factor} s`,
    changes: [slowSpells({ ...SPELLS, everyS: SPELLS.everyS * factor })],
  })),
};

/** Whether processes have lines of their own. */
export const LINES: Assumption = {
  what: "Which process takes a request",
  value: "a task has one line; as a variant each process has its own",
  why: "The load balancer keeps its connections open, and Puma answers each in the process that accepted it, also while that is busy and others are idle (puma/puma, issue 2078 of November 2019, and pull request 3892). The variant counts processes, six to a task; the rule on the processors' maximum is left out of it.",
  neighbours: [],
};
