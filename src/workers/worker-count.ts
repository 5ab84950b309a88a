/** As many simulating workers as the machine has cores, at least one and at most eight. */
export function defaultWorkerCount(): number {
  return Math.min(8, Math.max(1, navigator.hardwareConcurrency || 1));
}
