import { type ComponentType, type LazyExoticComponent, lazy } from "react";

interface Module<Props> {
  readonly default: ComponentType<Props>;
}

/** A part of the page whose code is fetched when it is first drawn, or before. */
export interface FetchedPart<Props> {
  /** To be drawn within a `Suspense`. */
  readonly Part: LazyExoticComponent<ComponentType<Props>>;
  /** Fetches its code, where it is not there yet. Rejects where that fails; it is tried again when the part is drawn. */
  fetch(): Promise<unknown>;
}

/**
 * As React's `lazy`, but a part that was fetched before is drawn at once. `lazy` alone would wait for the promise even then, show the fallback
 * meanwhile, and React leaves a fallback standing for 300 ms.
 */
export function fetched<Props>(load: () => Promise<Module<Props>>): FetchedPart<Props> {
  let known: Module<Props> | null = null;
  async function fetch(): Promise<Module<Props>> {
    known ??= await load();
    return known;
  }
  return { fetch, Part: lazy(() => (known === null ? fetch() : atOnce(known))) };
}

/** Like a promise that is fulfilled, but for that it answers at once. `lazy` takes anything with a `then`, though its type says less. */
function atOnce<Value>(value: Value): Promise<Value> {
  const answer: PromiseLike<Value> = {
    // biome-ignore lint/suspicious/noThenProperty: that is what it is for
    then(use) {
      use?.(value);
      return Promise.resolve() as Promise<never>;
    },
  };
  return answer as Promise<Value>;
}
