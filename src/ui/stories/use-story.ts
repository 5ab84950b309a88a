import { useEffect, useState } from "react";
import { fetchStory } from "../../scenario/known-presets";
import type { Story } from "../../scenario/stories/story";

/**
 * A story, fetched; null until it has come, or where it cannot be had.
 * @param stamp another one: the story may have become another
 */
export function useStory(id: string, stamp: unknown): Story | null {
  const [story, setStory] = useState<Story | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp says when
  useEffect(() => {
    let isWanted = true;
    fetchStory(id).then(
      (fetched) => {
        if (isWanted) setStory(fetched);
      },
      // The scenario is there all the same, and so is everything that the page can do with it.
      () => {
        if (isWanted) setStory(null);
      },
    );
    return () => {
      isWanted = false;
    };
  }, [id, stamp]);
  return story?.id === id ? story : null;
}
