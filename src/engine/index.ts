/** The engine's public face. */
export { compile } from "./plan";
export { type ReplicationRecord, transferables } from "./record/replication-record";
export { type Books, type Change, Simulation } from "./simulation";
export { unsupportedFields } from "./unsupported";
export { ENGINE_VERSION } from "./version";
