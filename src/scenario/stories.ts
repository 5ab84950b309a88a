import { FEWER_SERVERS } from "./stories/fewer-servers";
import { FIVE_MILLION } from "./stories/five-million";
import { HEROKU_POOLING } from "./stories/heroku-pooling";
import type { Story } from "./stories/story";

export type { Story, StoryStep } from "./stories/story";

/** Every story, in the order of the gallery. */
export const STORIES: readonly Story[] = [HEROKU_POOLING, FEWER_SERVERS, FIVE_MILLION];

/** The story with this id, or undefined. */
export function findStory(id: string): Story | undefined {
  return STORIES.find((story) => story.id === id);
}
