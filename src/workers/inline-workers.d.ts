/** A worker whose script stands in the page itself, as the bundler makes it. */
declare module "*?worker&inline" {
  const InlineWorker: new (options?: WorkerOptions) => Worker;
  export default InlineWorker;
}
