import type { Facts } from "./facts";
import { count } from "./implied";

/** How long a request waits at the edge for a dyno to boot, before it fails. */
const LONGEST_WAIT_S = 75;

export function bootImplies({ fleet: { boot } }: Facts): string | null {
  if (boot.preboot) return null;
  return boot.bootS > LONGEST_WAIT_S
    ? `At a deploy nobody serves for ${count(boot.bootS)} s; requests wait ${LONGEST_WAIT_S} s, then fail`
    : `At a deploy nobody serves for ${count(boot.bootS)} s, and requests wait`;
}

export function prebootImplies(facts: Facts): string | null {
  const { fleet, poolConnections, scenario, usableConnections } = facts;
  const { boot, dynos } = fleet;
  if (!boot.preboot) return null;
  const sum = `At a deploy ${count(dynos)} old and ${count(dynos)} new dynos hold up to ${count(2 * poolConnections)} connections`;
  return scenario.pooler.enabled ? sum : `${sum}; the database takes ${count(usableConnections)}`;
}

export function overlapImplies({ fleet: { boot } }: Facts): string | null {
  if (!boot.preboot) return "Not in use without preboot";
  return boot.prebootOverlapS < boot.bootS ? "Sooner than the new dynos have booted" : null;
}

export function redispatchImplies({ fleet: { connect } }: Facts): string | null {
  return connect.attempts === 1 ? "Not in use with one attempt" : null;
}

export function failoverImplies({ scenario: { database } }: Facts): string {
  const { detectS, promoteS } = database.failover;
  return `${count(detectS)} + ${count(promoteS)} = ${count(detectS + promoteS)} s without a primary`;
}

export function tcpTimeoutImplies({ scenario: { database } }: Facts): string | null {
  return database.failover.oldSessions === "reset" ? "Not in use while sessions fail at once" : null;
}

export function loginRetryImplies({ scenario: { pooler } }: Facts): string | null {
  return pooler.enabled && pooler.loginRetryS > 0
    ? `Clients fail for up to ${count(pooler.loginRetryS)} s, also where the database is back sooner`
    : null;
}
