import { AURORA_FAILOVER } from "./stories/aurora-failover";
import { FEWER_SERVERS } from "./stories/fewer-servers";
import { FIVE_MILLION } from "./stories/five-million";
import { HEROKU_POOLING } from "./stories/heroku-pooling";
import { HEARTBEATS } from "./stories/starting/heartbeats";
import { NODE_POOL } from "./stories/starting/node-pool";
import { POOL_BELOW_THREADS } from "./stories/starting/pool-below-threads";
import { POOLER_MODES } from "./stories/starting/pooler-modes";
import { PUMA_ON_AWS } from "./stories/starting/puma-on-aws";
import { RETRY_STORM_TRAP } from "./stories/starting/retry-storm-trap";
import { SLOW_THIRD_PARTIES } from "./stories/starting/slow-third-parties";
import { SMALL_RAILS } from "./stories/starting/small-rails";
import type { Story } from "./stories/story";
import { TRAFFIC_SPIKE } from "./stories/traffic-spike";
import type { Scenario } from "./types";

export type { Story, StoryStep } from "./stories/story";

/** Every story, in the order of the gallery: published cases, then starting points. */
export const STORIES: readonly Story[] = [
  HEROKU_POOLING,
  FEWER_SERVERS,
  AURORA_FAILOVER,
  TRAFFIC_SPIKE,
  FIVE_MILLION,
  SMALL_RAILS,
  PUMA_ON_AWS,
  NODE_POOL,
  POOLER_MODES,
  RETRY_STORM_TRAP,
  HEARTBEATS,
  POOL_BELOW_THREADS,
  SLOW_THIRD_PARTIES,
];

/** The scenario of the step whose preset has this id ("heroku-pooling.a6"), or undefined. */
export function findStepScenario(presetId: string): Scenario | undefined {
  return STORIES.flatMap(({ steps }) => steps).find((step) => step.presetId === presetId)?.scenario;
}

/** The story with this id, or undefined. */
export function findStory(id: string): Story | undefined {
  return STORIES.find((story) => story.id === id);
}
