import { expect, it } from "vitest";
import {
  answerMoments,
  BOUNDLESS_PLAN,
  failureMoments,
  recordOf,
  type TinyScenario,
} from "../../../support/tiny-scenarios";

/**
 * The first client's queries arrive at 0 and 20 ms, the second's at 15, and each passes the pooler 10 ms later: a second server connection would be
 * opened at 25 ms.
 */
const twoClients: TinyScenario = {
  closed: { clients: 2, startSpreadMs: 30, thinkMs: 1e6 },
  steps: [{ kind: "query", ms: 10, count: 2 }],
  fleet: { threads: 2 },
  pool: { size: 2 },
  pooler: { mode: "session", connections: 2, overheadMs: 10, loginRetryS: 0 },
};

it("a query on its way to its session fails when the session is lost, though the pooler tries again at once", () => {
  const record = recordOf({
    ...twoClients,
    database: { plan: { ...BOUNDLESS_PLAN, memoryMb: 15 }, memoryPerConnectionMb: 10, recoveryS: 0 },
  });
  expect(failureMoments(record, "database-down")).toEqual([20, 30]);
  expect(answerMoments(record)).toEqual([]);
});

it("without the loss both have their answers", () => {
  expect(answerMoments(recordOf(twoClients))).toEqual([40, 50]);
});
