/** Starts a worker of the page. The address is written so that the bundler sees it and builds the worker's script. */
export function createBrowserWorker(): Worker {
  return new Worker(new URL("./simulation-worker.ts", import.meta.url), {
    type: "module",
    name: "simulation",
  });
}

/** As many simulating workers as the machine has cores, at least one and at most eight. */
export function defaultWorkerCount(): number {
  return Math.min(8, Math.max(1, navigator.hardwareConcurrency || 1));
}
