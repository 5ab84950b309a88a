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
  return {
    sentence: `${share}: there is no dyno.`,
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

/** Every dyno that was tried refused. */
export function dynoRefused(share: string, scenario: Scenario, own: FleetCapacity): Finding {
  if (own.memoryShare > KILLED_SHARE) return killedForMemory(share, scenario, own);
  const { attempts, redispatch, retryDelayMs } = own.fleet.connect;
  const where = redispatch ? "another dyno each time" : `the same dyno, every ${exact(retryDelayMs)} ms`;
  return {
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
    sentence: `${share}: their dyno was lost while it served them.`,
    arithmetic: "",
    suggestion: null,
  };
}

function killedForMemory(share: string, scenario: Scenario, own: FleetCapacity): Finding {
  const { fleet } = own;
  const { memoryMb, title } = resolveDynoType(fleet.dynoType);
  return {
    sentence: `${share}: no dyno${ofFleet(scenario, fleet)} stays up, since each needs over twice its memory and is killed.`,
    arithmetic: `${exact(fleet.processes)} × ${exact(fleet.memory.perProcessMb)} MB + ${exact(fleet.threads)} × ${exact(fleet.memory.perThreadMb)} MB = ${exact(dynoMemoryMb(fleet))} MB; ${title} has ${exact(memoryMb)} MB.`,
    suggestion: fitMemory(own, scenario),
  };
}
