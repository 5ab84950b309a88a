import { spanText } from "../../base/run-time";
import type { Fleet, Scenario, TimelineEntry } from "../../scenario/types";

/** What an entry does to the system, given its settings, which stand elsewhere. */
export function meaningOf(entry: TimelineEntry, scenario: Scenario): string {
  switch (entry.do) {
    case "set":
      return "From then on the setting has this value, as if it were changed in the running system.";
    case "deploy": {
      const fleet = scenario.fleets.find(({ name }) => name === entry.fleet);
      return fleet === undefined ? "" : deployMeans(fleet);
    }
    case "killDyno":
      return entry.graceful
        ? "The balancer takes the dyno out of its list."
        : "The balancer does not know yet: it finds out when the dyno refuses connections, or a health check fails.";
    case "slowDyno":
      return "A noisy neighbour, or a throttled processor. The balancer does not know.";
    case "failover":
      return failoverMeans(scenario);
    case "restartDatabase":
      return "Every session is lost, and connections are refused until it is back. Pools and pooler then connect anew.";
  }
}

/** Both ways of a deploy: the fleet's boot settings choose. */
function deployMeans({ name, boot }: Fleet): string {
  const boots = spanText(boot.bootS);
  return boot.preboot
    ? `With preboot, as ${name} has it: new dynos boot beside the old ones for ${boots} and get all traffic ${spanText(boot.prebootOverlapS)} after the deploy. Until the old ones have ended, both hold database connections.`
    : `Without preboot, as ${name} has it: the old dynos stop at once and the new ones serve after ${boots}. Requests wait at the edge meanwhile. With preboot, one of the fleet's settings, new dynos boot beside the old ones first.`;
}

function failoverMeans({ database }: Scenario): string {
  const { detectS, promoteS, oldSessions, tcpTimeoutS } = database.failover;
  const sessions =
    oldSessions === "reset"
      ? "Sessions to the lost primary fail at once."
      : `Sessions to the lost primary hang for ${spanText(tcpTimeoutS)}, and hold their threads and pool slots.`;
  return `The primary is lost; ${spanText(detectS + promoteS)} later another server takes over (${spanText(detectS)} to notice, ${spanText(promoteS)} to promote). ${sessions}`;
}
