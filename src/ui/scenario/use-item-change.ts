import { useState } from "react";
import type { Scenario } from "../../scenario/types";
import type { ItemChange } from "../../store/items";
import { useSession } from "../shell/session-context";
import type { ListName } from "./shown";

type Items = typeof import("../../store/items");

interface ItemChanger {
  /** Why the last change could not be made; null where it was. */
  readonly refusal: string | null;
  /** Applies a change as one step, and shows the item that it leads to. Gives whether it was made. Never rejects. */
  readonly change: (wanted: (items: Items, scenario: Scenario) => ItemChange) => Promise<boolean>;
}

/** Changes to the workloads, endpoints or fleets there are. */
export function useItemChange(list: ListName): ItemChanger {
  const session = useSession();
  const [refusal, setRefusal] = useState<string | null>(null);

  function apply(wanted: ItemChange): string | null {
    if (!wanted.ok) return wanted.sentence;
    const [problem] = session.applyChanges(wanted.changes);
    if (problem !== undefined) return problem.sentence;
    const { shown } = session.preferences.getState();
    session.preferences.setState({ shown: { ...shown, [list]: wanted.name } });
    return null;
  }

  async function change(wanted: (items: Items, scenario: Scenario) => ItemChange): Promise<boolean> {
    try {
      // Few readers change the lists: see docs/decisions/what-loads-first.md.
      const items = await import("../../store/items");
      const sentence = apply(wanted(items, session.scenario.getState().scenario));
      setRefusal(sentence);
      return sentence === null;
    } catch {
      setRefusal("A part of the page could not be loaded. Try again when you are online.");
      return false;
    }
  }

  return { refusal, change };
}
