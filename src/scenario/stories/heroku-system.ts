import type { Variant } from "./story";

/** So many clients. */
export const clients = (value: number) => ({ path: "workloads.hey.clients", value });
/** So many dynos. */
export const dynos = (value: number) => ({ path: "fleets.web.dynos", value });
/** The step's scenario with so many clients. */
export const atClients = (count: number, line?: string, more: Variant["changes"] = []): Variant => ({
  id: `${line === undefined ? "" : `${line}-`}${count}`,
  label: `${count} clients${line === undefined ? "" : `, ${line}`}`,
  x: count,
  ...(line === undefined ? {} : { line }),
  changes: [clients(count), ...more],
});
/** Clients as many as threads, on so many dynos. */
export const full = (count: number): Variant => ({
  id: `${count}-dynos`,
  label: `${count} dynos, ${10 * count} clients`,
  x: count,
  changes: [dynos(count), clients(10 * count)],
});
