import type { Database } from "../scenario/types";

type Contention = Database["contention"];

/** How much slower a processor of the database is with so many queries at once (Universal Scalability Law); 1 with one. */
export function contentionFactor(atOnce: number, { alpha, beta }: Contention): number {
  const others = Math.max(0, atOnce - 1);
  return 1 + alpha * others + beta * Math.max(1, atOnce) * others;
}

/**
 * Requests per second of a database that always has so many queries at once: as fast as they come round, at most as the processors compute.
 * @param queryMs a request's queries on an idle database, of which `cpuMs` on its processors
 */
export function pacePerSecond(
  atOnce: number,
  queryMs: number,
  cpuMs: number,
  vcpus: number,
  contention: Contention,
): number {
  const slowCpuMs = cpuMs * contentionFactor(atOnce, contention);
  const comingRound = atOnce / (queryMs - cpuMs + slowCpuMs);
  return 1000 * Math.min(comingRound, slowCpuMs > 0 ? vcpus / slowCpuMs : Infinity);
}
