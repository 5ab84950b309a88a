import { exp } from "../base/elementary";

/** A station of `servers` with exponential service times of mean `serviceMs` and Poisson arrivals: M/M/c. */
export interface Station {
  readonly servers: number;
  readonly serviceMs: number;
  readonly arrivalsPerSecond: number;
}

/** The offered load in Erlang: servers that would be busy on average, were there enough. */
function offeredLoad({ arrivalsPerSecond, serviceMs }: Station): number {
  return (arrivalsPerSecond * serviceMs) / 1000;
}

/** The share of arrivals that find all servers busy and wait: Erlang's C formula, by the recursion of his B formula. 1 where the load is no less than the servers. */
export function erlangC(station: Station): number {
  const load = offeredLoad(station);
  const { servers } = station;
  if (load >= servers) return 1;
  let blocked = 1;
  for (let server = 1; server <= servers; server += 1) blocked = (load * blocked) / (server + load * blocked);
  const utilization = load / servers;
  return blocked / (1 - utilization + utilization * blocked);
}

/** Mean time from arrival to departure, ms; Infinity where the load is no less than the servers. */
export function meanSojournMs(station: Station): number {
  const spare = station.servers - offeredLoad(station);
  if (spare <= 0) return Infinity;
  return station.serviceMs * (1 + erlangC(station) / spare);
}

/**
 * The time within which a share of all is served, ms: the quantile of the sum of waiting (0, or exponential with rate c·μ − λ) and service (exponential with
 * rate μ), first come first served. Infinity where the load is no less than the servers.
 */
export function sojournQuantileMs(station: Station, share: number): number {
  const { servers, serviceMs } = station;
  const load = offeredLoad(station);
  if (load >= servers) return Infinity;
  const waits = erlangC(station);
  // In units of a service time: service has rate 1, waiting of those who wait has rate `drain`.
  const drain = servers - load;
  const later = (t: number): number => {
    const served = exp(-t);
    const both =
      Math.abs(drain - 1) < 1e-9 ? (1 + t) * served : (drain * served - exp(-drain * t)) / (drain - 1);
    return (1 - waits) * served + waits * both;
  };
  let [low, high] = [0, 1];
  while (later(high) > 1 - share) high *= 2;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (later(middle) > 1 - share) low = middle;
    else high = middle;
  }
  return high * serviceMs;
}
