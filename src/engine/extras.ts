/**
 * What only some simulations need: those of scenarios with autoscalers, health checks, bursts or recorded requests, and
 * those that are looked at while they run. The page's workers fetch it for these alone.
 */
export { levelsOf } from "./levels-of";
export { BurstClients } from "./parts/burst-clients";
export { HealthChecks } from "./parts/health-checks";
export { ReplayedRequests } from "./parts/replayed-requests";
export { Scaling } from "./parts/scaling/scaling";
