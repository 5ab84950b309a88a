/**
 * Stands in every result document. It changes whenever the same scenario and seed give other numbers than before,
 * so that a stored result tells which engine it came from.
 */
export const ENGINE_VERSION = "1.2.0";
