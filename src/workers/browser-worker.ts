/** Starts a worker of the page. The address is written so that the bundler sees it and builds the worker's script. */
export function createBrowserWorker(): Worker {
  return new Worker(new URL("./simulation-worker.ts", import.meta.url), {
    type: "module",
    name: "simulation",
  });
}
