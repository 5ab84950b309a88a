import {
  anything,
  flag,
  list,
  milliseconds,
  nullable,
  number,
  type RecordCheck,
  type RecordShape,
  record,
  reference,
  type Shape,
  seconds,
  text,
  variant,
  whole,
  word,
} from "../shape";
import type { Edge, Objective, Run, Scenario, TimelineEntry } from "../types";
import { DATABASE_SHAPE, POOLER_SHAPE } from "./database-shape";
import { ENDPOINTS_SHAPE } from "./endpoint-shape";
import { FLEETS_SHAPE } from "./fleet-shape";
import { WORKLOADS_SHAPE } from "./workload-shape";

/** The longest name and notes a scenario can have, in UTF-16 units. */
const MAXIMUM_TITLE_LENGTH = 200;
const MAXIMUM_NOTES_LENGTH = 20_000;
/** The longest path a timeline entry can have. */
const MAXIMUM_PATH_LENGTH = 1000;

type Entry<D extends TimelineEntry["do"]> = Extract<TimelineEntry, { do: D }>;

const warmupFirst: RecordCheck = ({ warmupS, durationS }) =>
  Number(warmupS) < Number(durationS)
    ? null
    : {
        field: "warmupS",
        allowed: `less than run.durationS (${String(durationS)})`,
        resets: ["warmupS", "durationS"],
      };

const timelineEntry = variant<TimelineEntry>(
  "do",
  [
    [
      "set",
      record<Entry<"set">>({
        atS: seconds(20),
        do: word(["set"], "set"),
        path: text(MAXIMUM_PATH_LENGTH),
        value: anything(),
      }),
    ],
    [
      "deploy",
      record<Entry<"deploy">>({
        atS: seconds(25),
        do: word(["deploy"], "deploy"),
        fleet: reference("fleets"),
      }),
    ],
    [
      "killDyno",
      record<Entry<"killDyno">>({
        atS: seconds(30),
        do: word(["killDyno"], "killDyno"),
        fleet: reference("fleets"),
        count: whole(1, 10_000, 1),
        graceful: flag(false),
        backAfterS: nullable(seconds(15), 15),
      }),
    ],
    [
      "slowDyno",
      record<Entry<"slowDyno">>({
        atS: seconds(32),
        do: word(["slowDyno"], "slowDyno"),
        fleet: reference("fleets"),
        count: whole(1, 10_000, 1),
        factor: number(0, 1e6, 3, { above: true }),
        forS: seconds(10),
      }),
    ],
    ["failover", record<Entry<"failover">>({ atS: seconds(35), do: word(["failover"], "failover") })],
    [
      "restartDatabase",
      record<Entry<"restartDatabase">>({
        atS: seconds(40),
        do: word(["restartDatabase"], "restartDatabase"),
        downS: seconds(3),
      }),
    ],
  ],
  { tagRequired: true },
);

const parts: { readonly [K in Exclude<keyof Scenario, "schema">]: Shape } = {
  name: text(MAXIMUM_TITLE_LENGTH),
  notes: text(MAXIMUM_NOTES_LENGTH),
  run: record<Run>(
    {
      durationS: seconds(45),
      warmupS: seconds(5),
      seed: whole(0, Number.MAX_SAFE_INTEGER, 1),
      replications: whole(1, 1000, 8),
    },
    { checks: [warmupFirst] },
  ),
  slo: record<Objective>({
    p95Ms: nullable(milliseconds(0)),
    p99Ms: nullable(milliseconds(0)),
    queueP95Ms: nullable(milliseconds(0)),
    failureRate: nullable(number(0, 1, 0)),
  }),
  workloads: WORKLOADS_SHAPE,
  endpoints: ENDPOINTS_SHAPE,
  edge: record<Edge>({
    maxConnections: nullable(whole(0, 1e9, 0)),
    timeoutMs: nullable(milliseconds(0), 30_000),
    queueTimeoutMs: nullable(milliseconds(0)),
  }),
  fleets: FLEETS_SHAPE,
  pooler: POOLER_SHAPE,
  database: DATABASE_SHAPE,
  timeline: list(timelineEntry, { maximum: 1000 }),
};

/** The whole document. */
export const SCENARIO_SHAPE: RecordShape = record({ schema: whole(1, 1, 1), ...parts });
