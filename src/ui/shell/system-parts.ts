/** The parts of the system as its picture shows them; each has controls and charts of its own. */
export type SystemPart = "clients" | "edge" | "dynos" | "pools" | "pooler" | "database" | "replicas";

/** Asks for a part's controls and charts. @param fleet null where it is about all fleets, or none */
export type OpenPart = (part: SystemPart, fleet: string | null) => void;
