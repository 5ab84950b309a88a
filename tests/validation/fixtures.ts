import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Trace, TracedRequest, Trial } from "./lab-types";

function names(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();
}

/** The ids of all trials in this folder. @param folder this one, on disk */
export function trialIds(folder: string): string[] {
  return names(join(folder, "trials"), ".json");
}

/** The ids of the trials whose every request is recorded. */
export function traceIds(folder: string): string[] {
  return names(join(folder, "traces"), ".csv.gz");
}

export function readTrial(folder: string, id: string): Trial {
  return JSON.parse(readFileSync(join(folder, "trials", `${id}.json`), "utf8")) as Trial;
}

/** @throws Error where a column is missing or a request did not succeed: the traces here are of trials without failures */
export function readTrace(folder: string, id: string): Trace {
  const text = gunzipSync(readFileSync(join(folder, "traces", `${id}.csv.gz`))).toString("utf8");
  const [header = "", ...lines] = text.trimEnd().split("\n");
  const columns = header.trimEnd().split(",");
  const place = (name: string): number => {
    const index = columns.indexOf(name);
    if (index < 0) throw new Error(`${id}: the trace has no column ${name}, only ${header}`);
    return index;
  };
  const [start, end, status, database, steps] = [
    place("start"),
    place("end"),
    place("status"),
    place("db"),
    place("steps"),
  ];
  const requests = lines.map((line): TracedRequest => {
    const cells = line.trimEnd().split(",");
    if (cells[status] !== "200") throw new Error(`${id}: a request was answered with ${cells[status]}`);
    const sentAtMs = Number(cells[start]) * 1000;
    return {
      sentAtMs,
      latencyMs: Number(cells[end]) * 1000 - sentAtMs,
      steps: (cells[steps] ?? "").split(" ").map(readStep),
      databaseMs: Number(cells[database]),
    };
  });
  return { id, requests: requests.sort((one, other) => one.sentAtMs - other.sentAtMs) };
}

/** "a114.382" is a wait, "d40.715" a query, in ms. */
function readStep(text: string): TracedRequest["steps"][number] {
  const ms = Number(text.slice(1));
  if (text.startsWith("a")) return { kind: "wait", ms };
  if (text.startsWith("d")) return { kind: "query", ms };
  throw new Error(`A step of a trace is "${text}", not a… or d…`);
}
