/**
 * What only some simulations need: those of scenarios with autoscalers or health checks, and those that are looked at
 * while they run. The page's workers fetch it for these alone.
 */
export { levelsOf } from "./levels-of";
export { HealthChecks } from "./parts/health-checks";
export { Scaling } from "./parts/scaling/scaling";
