import { resolveDatabasePlan } from "./catalogue";
import type { Database } from "./types";

/** How many connections the database gives: the limit that refuses, less what is reserved. */
export function usableConnections({
  plan,
  reservedConnections,
}: Pick<Database, "plan" | "reservedConnections">): number {
  return Math.max(0, resolveDatabasePlan(plan).usableLimit - reservedConnections);
}
