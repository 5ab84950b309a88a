import { FAILURE_KINDS, type FailureKind } from "../../analysis/result-types";
import type { SystemState } from "../../analysis/system-state";
import { formatRate } from "../../base/format";
import type { SystemPart } from "../shell/system-parts";

/** Where each kind of failure happens, and what becomes of a request there: "12/s refused: out of connection slots". */
const PLACES: Readonly<Record<FailureKind, readonly [SystemPart, string]>> = {
  timeout: ["edge", "timed out"],
  "edge-full": ["edge", "refused: the edge is full"],
  "queue-timeout": ["edge", "waited too long for a dyno"],
  "backlog-full": ["dynos", "refused: the line is full"],
  "dyno-refused": ["dynos", "refused by their dyno"],
  "no-dyno": ["edge", "found no dyno up"],
  "dyno-lost": ["dynos", "lost with their dyno"],
  "checkout-timeout": ["pools", "got no connection in time"],
  "connection-refused": ["database", "refused: out of connection slots"],
  "pooler-full": ["pooler", "refused: too many clients"],
  "pooler-timeout": ["pooler", "waited too long for a slot"],
  "database-down": ["database", "failed: the database is down"],
  "gave-up": ["clients", "gave up waiting"],
};

/** What fails in one part, each kind with its rate, the commonest first. */
export function failuresIn(part: SystemPart, { failedPerSecond }: SystemState): readonly string[] {
  const rate = (kind: FailureKind) => failedPerSecond[kind] ?? 0;
  return FAILURE_KINDS.filter((kind) => PLACES[kind][0] === part && rate(kind) > 0)
    .toSorted((one, other) => rate(other) - rate(one))
    .map((kind) => `${formatRate(rate(kind))} ${PLACES[kind][1]}`);
}
