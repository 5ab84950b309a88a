import { useEffect, useState } from "react";
import { fetchStory } from "../../scenario/known-presets";
import type { Story } from "../../scenario/stories/story";

/** A story, fetched; null until it has come, or where it cannot be had. */
export function useStory(id: string): Story | null {
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
  return story?.id === id ? story : null;
}
