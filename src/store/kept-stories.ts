import { ownValue } from "../scenario/objects";
import { readStory } from "../scenario/stories/read-story";
import type { Story } from "../scenario/stories/story";
import { writtenStory } from "../scenario/stories/written-story";
import type { TextStorage } from "./environment";

const KEY = "headroom.1.stories";

/** The stories that the browser keeps and that can be read without a loss. A storage that fails, or holds something else, counts as empty. */
export function readKept(storage: TextStorage): readonly Story[] {
  return documentsIn(storage).flatMap((document) => {
    const { story, problems } = readStory(document);
    return story !== null && problems.length === 0 ? [story] : [];
  });
}

/**
 * Keeps a story, in place of the one with its id. All others stay as they are: those of another tab, and what cannot be read. false where the
 * browser does not keep it, and what it kept before stays.
 */
export function keep(storage: TextStorage, story: Story): boolean {
  const document = writtenStory(story);
  const documents = documentsIn(storage);
  const isNew = !documents.some((one) => ownValue(one, "id") === story.id);
  return write(
    storage,
    isNew
      ? [...documents, document]
      : documents.map((one) => (ownValue(one, "id") === story.id ? document : one)),
  );
}

/** Keeps the story with this id no more. false where the browser does not let it go. */
export function drop(storage: TextStorage, id: string): boolean {
  return write(
    storage,
    documentsIn(storage).filter((one) => ownValue(one, "id") !== id),
  );
}

function write(storage: TextStorage, stories: readonly unknown[]): boolean {
  try {
    storage.write(KEY, JSON.stringify({ stories }));
    return true;
  } catch {
    return false;
  }
}

function documentsIn(storage: TextStorage): readonly unknown[] {
  try {
    const stories = ownValue(JSON.parse(storage.read(KEY) ?? "{}"), "stories");
    return Array.isArray(stories) ? stories : [];
  } catch {
    return [];
  }
}
