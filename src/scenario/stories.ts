import { AURORA_FAILOVER } from "./stories/aurora-failover";
import { FEWER_SERVERS } from "./stories/fewer-servers";
import { FIVE_MILLION } from "./stories/five-million";
import { HEROKU_POOLING } from "./stories/heroku-pooling";
import type { Story } from "./stories/story";
import { TRAFFIC_SPIKE } from "./stories/traffic-spike";
import type { Scenario } from "./types";

export type { Story, StoryStep } from "./stories/story";

/** Every story, in the order of the gallery. */
export const STORIES: readonly Story[] = [
  HEROKU_POOLING,
  FEWER_SERVERS,
  AURORA_FAILOVER,
  TRAFFIC_SPIKE,
  FIVE_MILLION,
];

/** The scenario of the step whose preset has this id ("heroku-pooling.a6"), or undefined. */
export function findStepScenario(presetId: string): Scenario | undefined {
  return STORIES.flatMap(({ steps }) => steps).find((step) => step.presetId === presetId)?.scenario;
}

/** The story with this id, or undefined. */
export function findStory(id: string): Story | undefined {
  return STORIES.find((story) => story.id === id);
}
