import type { Balancer } from "../scenario/types";
import type { Plan } from "./plan";

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
  | { readonly kind: "poolerConnections"; readonly connections: number }
  /** The system as it is to be from now on: compiled from the scenario with a value set. What does not differ from the plan before goes on undisturbed. */
  | { readonly kind: "plan"; readonly plan: Plan }
  | { readonly kind: "deploy"; readonly fleet: number }
  | {
      readonly kind: "killDyno";
      readonly fleet: number;
      readonly count: number;
      readonly graceful: boolean;
      /** Infinity: it does not come back. */
      readonly backAfterMs: number;
    }
  | {
      readonly kind: "slowDyno";
      readonly fleet: number;
      readonly count: number;
      readonly factor: number;
      readonly forMs: number;
    }
  | { readonly kind: "failover" }
  | { readonly kind: "restartDatabase"; readonly downMs: number };

/** A change that the plan foresees: an entry of the scenario's timeline. */
export interface TimedChange {
  readonly atMs: number;
  readonly change: Change;
}
