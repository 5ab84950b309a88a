import {
  FAILURE_KINDS,
  FAILURE_PLACES,
  type FailureKind,
  type FailurePlace,
} from "../../analysis/result-types";
import type { SystemState } from "../../analysis/system-state";
import { formatRate } from "../../base/format";
import type { SystemPart } from "../shell/system-parts";

/** Less than this is what subtracting leaves. */
const ROUNDING = 1e-9;

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
  "gave-up": ["clients", "gave up"],
};

/** The same of failures for want of a database that did not come from the primary; of which kind they are. */
const ELSEWHERE: Readonly<Record<FailurePlace, readonly [FailureKind, SystemPart, string]>> = {
  refusedByReplica: ["connection-refused", "replicas", "refused: out of connection slots"],
  replicaDown: ["database-down", "replicas", "failed: their replica is down"],
  poolerCannotLogIn: ["database-down", "pooler", "failed: the error of its last login is repeated"],
};

/** What fails in one part, each kind with its rate, the commonest first. */
export function failuresIn(
  part: SystemPart,
  { failedPerSecond, failedElsewherePerSecond }: SystemState,
): readonly string[] {
  const elsewhere = (place: FailurePlace) => failedElsewherePerSecond[place] ?? 0;
  const here = (kind: FailureKind) =>
    FAILURE_PLACES.filter((place) => ELSEWHERE[place][0] === kind).reduce(
      (rest, place) => rest - elsewhere(place),
      failedPerSecond[kind] ?? 0,
    );
  const failures = [
    ...FAILURE_KINDS.map((kind) => [...PLACES[kind], here(kind)] as const),
    ...FAILURE_PLACES.map((place) => [ELSEWHERE[place][1], ELSEWHERE[place][2], elsewhere(place)] as const),
  ];
  return failures
    .filter(([where, , rate]) => where === part && rate > ROUNDING)
    .toSorted(([, , one], [, , other]) => other - one)
    .map(([, words, rate]) => `${formatRate(rate)} ${words}`);
}
