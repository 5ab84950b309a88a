import { meanMs } from "../../scenario/duration-mean";
import type { Workload } from "../../scenario/types";
import { standardWorkload } from "../../store/standard";

export const TRAFFIC_KINDS = [
  { value: "closed", label: "Clients" },
  { value: "open", label: "Requests/s" },
  { value: "burst", label: "Bursts" },
  { value: "replay", label: "Replay" },
] as const satisfies readonly { readonly value: Workload["kind"]; readonly label: string }[];

/** How many requests a second a workload is about, where it says so itself. */
function ownRate(workload: Workload): number | null {
  switch (workload.kind) {
    case "closed": {
      const think = meanMs(workload.thinkMs);
      return think > 0 ? (workload.clients * 1000) / think : null;
    }
    case "open":
      return workload.trace?.[0]?.[1] ?? workload.requestsPerSecond;
    case "burst":
      return (workload.clients * 1000) / workload.everyMs;
    case "replay": {
      const lastMs = workload.requests.at(-1)?.[0] ?? 0;
      return lastMs > 0 ? (workload.requests.length * 1000) / lastMs : null;
    }
  }
}

/** What is sent, its course over time, how often it is retried, and when a client leaves: that stays with any kind. */
function kept(workload: Workload): object {
  const { name, retries, giveUpAfterMs } = workload;
  if (workload.kind === "replay") {
    return { name, retries, giveUpAfterMs, mix: Object.fromEntries([[workload.endpoint, 1]]) };
  }
  const { mix, journey, profile } = workload;
  return { name, retries, giveUpAfterMs, profile, ...(journey === undefined ? { mix } : { journey }) };
}

/**
 * About the same traffic as another kind. What a closed workload sends depends on the answers: `measuredPerSecond` is
 * what the last run came to, null where there is none.
 */
export function asKind(
  workload: Workload,
  kind: Exclude<Workload["kind"], "replay">,
  measuredPerSecond: number | null,
): object {
  const { mix: _mix, ...standard } = standardWorkload(kind) as Exclude<Workload, { kind: "replay" }>;
  const perSecond = (workload.kind === "closed" ? measuredPerSecond : null) ?? ownRate(workload) ?? 75;
  const atLeastOne = (amount: number) => Math.max(1, Math.round(amount));
  const base = { ...standard, ...kept(workload) };
  if (kind === "open") return { ...base, requestsPerSecond: atLeastOne(perSecond) };
  if (kind === "closed") {
    return { ...base, clients: workload.kind === "burst" ? workload.clients : atLeastOne(perSecond) };
  }
  const everyMs = "everyMs" in standard ? standard.everyMs : 30_000;
  const clients = workload.kind === "closed" ? workload.clients : atLeastOne((perSecond * everyMs) / 1000);
  return { ...base, clients };
}

/** A workload that replays requests of the endpoint that was sent most. */
export function asReplay(workload: Workload, requests: readonly unknown[]): object {
  const { retries, giveUpAfterMs, name } = workload;
  return { name, kind: "replay", endpoint: mainEndpoint(workload), requests, retries, giveUpAfterMs };
}

/** The endpoint that a workload sends most. */
export function mainEndpoint(workload: Workload): string {
  if (workload.kind === "replay") return workload.endpoint;
  const shares = Object.entries(workload.mix ?? {}).sort(([, one], [, other]) => other - one);
  return workload.journey?.[0] ?? shares[0]?.[0] ?? "";
}
