import { either, flag, itemName, list, record, reference, shares, variant, whole, word } from "../shape";
import type { CpuStep, Endpoint, QueryStep, Step, WaitStep } from "../types";
import { duration } from "./duration-shape";

const query = record<QueryStep>({
  kind: word(["query"], "query"),
  ms: duration(500),
  cpuMs: duration(0),
  count: whole(1, 10_000, 1),
  access: word(["read", "write"], "read"),
});

const wait = record<WaitStep>({ kind: word(["wait"], "wait"), ms: duration(500) });

const cpu = record<CpuStep>({
  kind: word(["cpu"], "cpu"),
  ms: duration({ dist: "exponential", mean: 40 }),
});

const step = variant<Step>("kind", [
  ["query", query],
  ["wait", wait],
  ["cpu", cpu],
]);

const DEFAULT_STEPS: readonly Step[] = [
  { kind: "query", ms: 500, cpuMs: 0, count: 1, access: "read" },
  { kind: "wait", ms: 500 },
];

/** What is asked for, and what answering takes. */
export const ENDPOINTS_SHAPE = list(
  record<Endpoint>({
    name: itemName("page"),
    fleet: either(reference("fleets"), shares("fleets"), ""),
    safe: flag(true),
    steps: list(step, { minimum: 1, maximum: 100, initial: DEFAULT_STEPS }),
  }),
  { minimum: 1, maximum: 200, named: true },
);
