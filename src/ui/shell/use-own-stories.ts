import { useEffect, useState, useSyncExternalStore } from "react";
import type { OwnStories, OwnStoriesState } from "../../store/own-stories";
import { useSession } from "./session-context";

const nothingToHear = () => () => undefined;

/** The reader's own stories and what can be done with them; null until they have been fetched, or where they cannot be. */
export function useOwnStories(): { readonly own: OwnStories | null; readonly state: OwnStoriesState | null } {
  const session = useSession();
  const [own, setOwn] = useState<OwnStories | null>(null);
  useEffect(() => {
    let isWanted = true;
    session.ownStories().then(
      (fetched) => {
        if (isWanted) setOwn(fetched);
      },
      // The story is shown all the same; only nothing can be changed in it.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [session]);
  const state = useSyncExternalStore(
    own?.store.subscribe ?? nothingToHear,
    () => own?.store.getState() ?? null,
  );
  return { own, state };
}
