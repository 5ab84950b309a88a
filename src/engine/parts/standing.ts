import type { EventList } from "../kernel/event-list";
import type { SharedProcessors } from "../kernel/shared-processors";
import { STAGE } from "../record/replication-record";
import type { Standing } from "../record/stage-trace";
import type { ConnectionPools } from "./connection-pools";
import type { DatabaseServers } from "./database-servers";
import { CONNECTED, QUERY_ENDED, WAIT_ENDED } from "./event-kinds";

/** In a stage that needs no processor. */
export const waitingIn = (stage: number): Standing => ({ stage, workedMs: 0, workStage: stage });

const computingFor = (workStage: number, stage: number, workedMs: number): Standing => ({
  stage,
  workedMs,
  workStage,
});

/**
 * Where a request stands that a thread has taken and that has not ended its present stage.
 * @param processors of its fleet @param pools that its present query borrows from
 */
export function standingIn(
  entry: number,
  events: EventList,
  processors: SharedProcessors,
  servers: DatabaseServers,
  pools: ConnectionPools,
): Standing {
  if (processors.has(entry)) return computingFor(STAGE.cpu, STAGE.cpuWait, processors.attainedOf(entry));
  if (servers.processors.has(entry))
    return computingFor(STAGE.query, STAGE.queryWait, servers.processors.attainedOf(entry));
  if (servers.hanging.has(entry)) return waitingIn(STAGE.queryWait);
  if (!events.isPending(entry)) return waitingIn(pools.isWaiting(entry) ? STAGE.checkout : STAGE.pooler);
  switch (events.kindOf(entry)) {
    case WAIT_ENDED:
      return waitingIn(STAGE.wait);
    case QUERY_ENDED:
      return waitingIn(STAGE.query);
    case CONNECTED:
      return waitingIn(STAGE.connect);
    default:
      return waitingIn(STAGE.pooler);
  }
}
