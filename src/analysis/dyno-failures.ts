import { resolveDynoType } from "../scenario/catalogue";
import { dynoMemoryMb } from "../scenario/dyno-memory";
import type { Scenario } from "../scenario/types";
import type { FleetCapacity } from "./capacity";
import { fitMemory, fleetPath, ofFleet } from "./suggestions-dynos";
import type { Finding } from "./verdict-types";
import { counted, exact } from "./words";

/** Over twice its memory a dyno is killed. */
const KILLED_SHARE = 2;

/** No dyno of a fleet is up: there is none, or none stays up. */
export function noDyno(share: string, scenario: Scenario, own: FleetCapacity): Finding {
  const { fleet, memoryShare } = own;
  if (fleet.dynos > 0 && memoryShare > KILLED_SHARE) return killedForMemory(share, scenario, own);
  if (fleet.dynos > 0 && fleet.healthCheck?.throughApp) return markedDown(share, own);
  return {
    limit: null,
    sentence: `${share}: there is no dyno${fleet.dynos > 0 ? " up when they come" : ""}.`,
    arithmetic: `Fleet ${fleet.name} has ${counted(fleet.dynos, "dyno")}.`,
    suggestion:
      fleet.dynos > 0
        ? null
        : {
            label: `Run one dyno${ofFleet(scenario, fleet)}`,
            changes: [{ path: `${fleetPath(fleet)}.dynos`, value: 1 }],
          },
  };
}

/** Checks that wait behind the requests find every dyno failing when all of them are merely late. */
function markedDown(share: string, { fleet }: FleetCapacity): Finding {
  return {
    limit: "threads",
    sentence: `${share}: the health checks have marked every dyno down, since they wait in line behind the requests.`,
    arithmetic: `A check that takes over ${exact(fleet.healthCheck?.timeoutMs ?? 0)} ms has failed; ${counted(fleet.healthCheck?.fall ?? 0, "failure")} in a row take a dyno off the list.`,
    suggestion: {
      label: "Check beside the application",
      changes: [{ path: `${fleetPath(fleet)}.healthCheck.throughApp`, value: false }],
    },
  };
}

/** Every dyno that was tried refused. */
export function dynoRefused(share: string, scenario: Scenario, own: FleetCapacity): Finding {
  if (own.memoryShare > KILLED_SHARE) return killedForMemory(share, scenario, own);
  const { attempts, redispatch, retryDelayMs } = own.fleet.connect;
  const where = redispatch ? "another dyno each time" : `the same dyno, every ${exact(retryDelayMs)} ms`;
  return {
    limit: null,
    sentence: `${share}: every dyno that was tried refused.`,
    arithmetic: `The balancer tries ${attempts === 1 ? "once" : `${exact(attempts)} times, ${where}`}.`,
    suggestion:
      redispatch || own.fleet.dynos < 2
        ? null
        : {
            label: "Try another dyno when one refuses",
            changes: [{ path: `${fleetPath(own.fleet)}.connect.redispatch`, value: true }],
          },
  };
}

/** Dynos were lost while they served. */
export function dynoLost(share: string, scenario: Scenario, own: FleetCapacity): Finding {
  if (own.memoryShare > KILLED_SHARE) return killedForMemory(share, scenario, own);
  return {
    limit: null,
    sentence: `${share}: their dyno was lost while it served them.`,
    arithmetic: "",
    suggestion: null,
  };
}

function killedForMemory(share: string, scenario: Scenario, own: FleetCapacity): Finding {
  const { fleet } = own;
  const { memoryMb, title } = resolveDynoType(fleet.dynoType);
  return {
    limit: "memory",
    sentence: `${share}: no dyno${ofFleet(scenario, fleet)} stays up, since each needs over twice its memory and is killed.`,
    arithmetic: `${exact(fleet.processes)} × ${exact(fleet.memory.perProcessMb)} MB + ${exact(fleet.threads)} × ${exact(fleet.memory.perThreadMb)} MB = ${exact(dynoMemoryMb(fleet))} MB; ${title} has ${exact(memoryMb)} MB.`,
    suggestion: fitMemory(own, scenario),
  };
}
