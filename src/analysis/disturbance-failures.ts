import { spanText } from "../base/run-time";
import type { Scenario } from "../scenario/types";
import type { Finding } from "./verdict-types";

/** How long before it is tried again a pooler can be told to wait at the least, in s. */
const SOON_S = 1;

/** The database was taken down by the timeline; null where it was not. */
export function databaseTakenDown(
  share: string,
  { timeline, run, pooler, database }: Scenario,
): Finding | null {
  const entry = timeline.find(
    ({ do: what, atS }) => (what === "restartDatabase" || what === "failover") && atS < run.durationS,
  );
  if (entry === undefined) return null;
  const { detectS, promoteS, oldSessions, tcpTimeoutS } = database.failover;
  const isRestart = entry.do === "restartDatabase";
  const downS = isRestart ? entry.downS : detectS + promoteS;
  const waits = pooler.enabled && pooler.loginRetryS > downS;
  const hangs =
    !isRestart && oldSessions === "hang"
      ? ` Sessions to the lost server hang for ${spanText(tcpTimeoutS)}.`
      : "";
  const retry = waits
    ? ` The pooler tries it again only ${spanText(pooler.loginRetryS)} after losing it.`
    : "";
  return {
    limit: null,
    sentence: `${share}: the database ${isRestart ? "restarts" : "fails over"} and takes no connections meanwhile.`,
    arithmetic: `It is down for ${spanText(downS)} from ${spanText(entry.atS)} on.${hangs}${retry}`,
    suggestion:
      waits && pooler.loginRetryS > SOON_S
        ? {
            label: `Let the pooler try again after ${SOON_S} s`,
            changes: [{ path: "pooler.loginRetryS", value: SOON_S }],
          }
        : null,
  };
}
