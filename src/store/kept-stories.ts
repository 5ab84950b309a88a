import { ownValue } from "../scenario/objects";
import { readStory } from "../scenario/stories/read-story";
import type { Story } from "../scenario/stories/story";
import { writtenStory } from "../scenario/stories/written-story";
import type { TextStorage } from "./environment";

const KEY = "headroom.1.stories";
/** Where what could not be read is set aside before anything is written in its place. */
const ASIDE = "headroom.1.stories.unread";

interface Kept {
  readonly stories: readonly Story[];
  /** The ids of those of which parts could not be read. */
  readonly damaged: readonly string[];
}

/** The text that the browser keeps; null where it keeps none, or its storage fails. */
export function keptText(storage: TextStorage): string | null {
  try {
    return storage.read(KEY);
  } catch {
    return null;
  }
}

/** The stories in a text, as far as they can be read. What cannot be read at all is not among them, and stays in the text. */
export function readKept(text: string): Kept {
  const read = (documentsIn(text) ?? []).map((document) => readStory(document));
  return {
    stories: read.flatMap(({ story }) => (story === null ? [] : [story])),
    damaged: read.flatMap(({ story, problems }) => (story !== null && problems.length > 0 ? [story.id] : [])),
  };
}

/** The ids of everything that is kept, whether it can be read or not. */
export function keptIds(storage: TextStorage): readonly unknown[] {
  return (documentsIn(keptText(storage)) ?? []).map((document) => ownValue(document, "id"));
}

/**
 * Keeps a story, in place of the one with its id. All others stay as they are: those of another tab, and what cannot be read. false where the
 * browser does not keep it, and what it kept before stays.
 * @param isDamaged whether parts of what is kept of it could not be read: that is set aside first
 */
export function keep(storage: TextStorage, story: Story, isDamaged: boolean): boolean {
  const document = writtenStory(story);
  return rewrite(storage, (documents) => {
    const before = documents.find((one) => ownValue(one, "id") === story.id);
    if (isDamaged) setAside(storage, JSON.stringify(before));
    return before === undefined
      ? [...documents, document]
      : documents.map((one) => (one === before ? document : one));
  });
}

/** Keeps the story with this id no more. false where the browser does not let it go. */
export function drop(storage: TextStorage, id: string): boolean {
  return rewrite(storage, (documents) => documents.filter((one) => ownValue(one, "id") !== id));
}

function rewrite(
  storage: TextStorage,
  change: (documents: readonly unknown[]) => readonly unknown[],
): boolean {
  try {
    const text = storage.read(KEY);
    const documents = documentsIn(text);
    if (documents === null) setAside(storage, text ?? "");
    storage.write(KEY, JSON.stringify({ stories: change(documents ?? []) }));
    return true;
  } catch {
    return false;
  }
}

function setAside(storage: TextStorage, text: string): void {
  storage.write(ASIDE, `${storage.read(ASIDE) ?? ""}${text}\n`);
}

/** What is kept, story by story; null where it is no list of anything. */
function documentsIn(text: string | null): readonly unknown[] | null {
  if (text === null) return [];
  try {
    const stories = ownValue(JSON.parse(text), "stories");
    return Array.isArray(stories) ? stories : null;
  } catch {
    return null;
  }
}
