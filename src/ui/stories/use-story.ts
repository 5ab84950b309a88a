import { useEffect, useState, useSyncExternalStore } from "react";
import { fetchStory, knownOwnStory, watchOwnStories } from "../../scenario/known-presets";
import type { Story } from "../../scenario/stories/story";

/** A story, fetched; null until it has come, or where it cannot be had. A reader's own is always the present one. */
export function useStory(id: string): Story | null {
  const own = useSyncExternalStore(watchOwnStories, () => knownOwnStory(id));
  const [story, setStory] = useState<Story | null>(null);
  useEffect(() => {
    let isWanted = true;
    fetchStory(id).then(
      (fetched) => {
        if (isWanted) setStory(fetched);
      },
      // The scenario is there all the same, and so is everything that the page can do with it.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [id]);
  return own ?? (story?.id === id ? story : null);
}
