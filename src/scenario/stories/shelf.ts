import type { Story } from "./story";

/** The stories, each in a file of its own that is fetched when it is asked for. */
const SHELF: Readonly<Record<string, () => Promise<Story>>> = {
  "heroku-pooling": async () => (await import("./heroku-pooling")).HEROKU_POOLING,
  "aurora-failover": async () => (await import("./aurora-failover")).AURORA_FAILOVER,
  "fewer-servers": async () => (await import("./fewer-servers")).FEWER_SERVERS,
  "five-million": async () => (await import("./five-million")).FIVE_MILLION,
  "traffic-spike": async () => (await import("./traffic-spike")).TRAFFIC_SPIKE,
  "small-rails": async () => (await import("./starting/small-rails")).SMALL_RAILS,
  "puma-on-aws": async () => (await import("./starting/puma-on-aws")).PUMA_ON_AWS,
  "node-pool": async () => (await import("./starting/node-pool")).NODE_POOL,
  "pooler-modes": async () => (await import("./starting/pooler-modes")).POOLER_MODES,
  "retry-storm-trap": async () => (await import("./starting/retry-storm-trap")).RETRY_STORM_TRAP,
  heartbeats: async () => (await import("./starting/heartbeats")).HEARTBEATS,
  "pool-below-threads": async () => (await import("./starting/pool-below-threads")).POOL_BELOW_THREADS,
  "slow-third-parties": async () => (await import("./starting/slow-third-parties")).SLOW_THIRD_PARTIES,
};

/** A published story. Rejects where there is none of that id, or it cannot be had. */
export async function takeStory(id: string): Promise<Story> {
  const fetch = Object.hasOwn(SHELF, id) ? SHELF[id] : undefined;
  if (fetch === undefined) throw new Error(`There is no story ${id}`);
  return fetch();
}
