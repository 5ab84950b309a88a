import { formatSegment } from "../../scenario/paths";
import type { Scenario, TimelineEntry } from "../../scenario/types";
import type { EventKind } from "../shell/event-words";

/** An entry to begin with: about the first fleet, and as the document has it by default. */
export function newEntry(kind: EventKind, atS: number, { fleets }: Scenario): TimelineEntry {
  const [first] = fleets;
  const fleet = first?.name ?? "";
  switch (kind) {
    case "set":
      return { atS, do: kind, path: `fleets.${formatSegment(fleet)}.dynos`, value: first?.dynos ?? 1 };
    case "deploy":
      return { atS, do: kind, fleet };
    case "killDyno":
      return { atS, do: kind, fleet, count: 1, graceful: false, backAfterS: first?.boot.bootS ?? null };
    case "slowDyno":
      return { atS, do: kind, fleet, count: 1, factor: 3, forS: 10 };
    case "failover":
      return { atS, do: kind };
    case "restartDatabase":
      return { atS, do: kind, downS: 3 };
  }
}
