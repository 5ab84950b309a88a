import SimulationWorker from "./simulation-worker?worker&inline";

/** Starts a worker of a page that is one file: its script stands in the page itself. Takes the place of `createBrowserWorker`. */
export function createBrowserWorker(): Worker {
  return new SimulationWorker({ name: "simulation" });
}
