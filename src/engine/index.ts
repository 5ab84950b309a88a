/** The engine's public face. */
export type { Books } from "./books";
export { compile, compileChange } from "./compile";
export * as extras from "./extras";
export type { SystemLevels } from "./levels";
export { type Extras, needsExtras } from "./needs-extras";
export type { Change, Detail } from "./plan";
export { withStepOverheads } from "./plan";
export type { Answer, AnswerObserver } from "./record/answer-observer";
export { type ReplicationRecord, transferables } from "./record/replication-record";
export { LeanSimulation } from "./simulation";
export { ENGINE_VERSION } from "./version";
export { Simulation } from "./whole-simulation";
