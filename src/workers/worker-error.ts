/** An error as it crosses threads: as data, since errors lose their class on the way. */
export interface WorkerError {
  readonly message: string;
  /** The machine's memory was not enough, rather than the program wrong. */
  readonly isOutOfMemory: boolean;
}

/** How browsers word it when memory cannot be had; there is no other way to tell. */
const OUT_OF_MEMORY = /allocation failed|out of memory|invalid (typed )?array (buffer )?length/i;

export function describeError(error: unknown): WorkerError {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { message, isOutOfMemory: OUT_OF_MEMORY.test(message) };
}
