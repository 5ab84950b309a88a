import { joinKey, mix } from "../kernel/random-stream";
import { FIELDS, KEY_HIGH, KEY_LOW, type Requests } from "./requests";

/**
 * The two key words of a workload in one replication, at LOW and HIGH: all its chance derives from them. An array, since most words of 32 bits
 * are no small integers to a compiler, and as fields would be told apart from those that are.
 */
export type WorkloadKey = Int32Array;
export const LOW = 0;
export const HIGH = 1;

/** @param seed 0 to 2^53 − 1 */
export function workloadKey(seed: number, replication: number, workload: number): WorkloadKey {
  const seedLow = seed | 0;
  const seedHigh = Math.floor(seed / 4294967296) | 0;
  const low = joinKey(joinKey(joinKey(mix(seedLow), seedHigh), replication), workload);
  const high = joinKey(
    joinKey(joinKey(mix(seedHigh ^ 0x3c6ef372), seedLow), replication ^ 0x1b873593),
    workload,
  );
  return Int32Array.of(low, high);
}

/** Writes the key of a workload's request number (first, second): client and the client's n-th request, or the number of the arrival. */
export function keyRequest(
  requests: Requests,
  entry: number,
  key: WorkloadKey,
  first: number,
  second: number,
): void {
  const { fields } = requests;
  const low = mix(key[LOW]! + Math.imul(first, 0x9e3779b9));
  const high = key[HIGH]! ^ Math.imul(second, 0x85ebca6b);
  fields[FIELDS * entry + KEY_LOW] = mix(low ^ high);
  fields[FIELDS * entry + KEY_HIGH] = Math.imul(low, 0x27d4eb2f) + high;
}
