import { isObject } from "../scenario/objects";
import { readStory } from "../scenario/stories/read-story";
import type { Story } from "../scenario/stories/story";
import { writtenStory } from "../scenario/stories/written-story";
import type { TextStorage } from "./environment";

const KEY = "headroom.1.stories";

/** What the browser keeps of stories. */
export interface KeptStories {
  readonly stories: readonly Story[];
  /** What is kept beside them and could not be read without a loss: it stays as it is. */
  readonly unread: readonly unknown[];
}

/** The stories that the browser keeps. A storage that fails, or holds something else, counts as empty. */
export function readKept(storage: TextStorage): KeptStories {
  const stories: Story[] = [];
  const unread: unknown[] = [];
  for (const document of documentsIn(storage)) {
    const { story, problems } = readStory(document);
    if (story !== null && problems.length === 0) stories.push(story);
    else unread.push(document);
  }
  return { stories, unread };
}

function documentsIn(storage: TextStorage): readonly unknown[] {
  try {
    const kept: unknown = JSON.parse(storage.read(KEY) ?? "{}");
    return isObject(kept) && Array.isArray(kept.stories) ? kept.stories : [];
  } catch {
    return [];
  }
}

/** Keeps the stories; false where the browser does not, and what it kept before stays. */
export function writeKept(storage: TextStorage, { stories, unread }: KeptStories): boolean {
  try {
    storage.write(KEY, JSON.stringify({ stories: [...stories.map(writtenStory), ...unread] }));
    return true;
  } catch {
    return false;
  }
}
