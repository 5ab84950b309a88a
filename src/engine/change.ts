import type { Balancer } from "../scenario/types";

/**
 * A change of the running system: a slider moved live, a timeline entry or an autoscaler's decision.
 * Which workload or fleet it is about: its number in the scenario, by default the first.
 */
export type Change =
  | { readonly kind: "clients"; readonly clients: number; readonly workload?: number }
  | { readonly kind: "requestsPerSecond"; readonly requestsPerSecond: number; readonly workload?: number }
  | { readonly kind: "dynos"; readonly dynos: number; readonly fleet?: number }
  | { readonly kind: "threads"; readonly threads: number; readonly fleet?: number }
  | { readonly kind: "balancer"; readonly balancer: Balancer; readonly fleet?: number }
  | { readonly kind: "poolSize"; readonly size: number; readonly fleet?: number }
  | { readonly kind: "poolerConnections"; readonly connections: number };
