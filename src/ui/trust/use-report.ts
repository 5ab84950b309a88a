import { useEffect, useState } from "react";

/** A report on its way: null is still loading. */
export type Report<T> =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly retry: () => void }
  | { readonly state: "loaded"; readonly report: T };

/**
 * A report that the build carries as a file of its own, so that only readers of this page load it. It is trusted to be
 * what the command wrote: the build and its reports come from one place.
 */
export function useReport<T>(address: string): Report<T> {
  const [report, setReport] = useState<T | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [failedAttempt, setFailedAttempt] = useState(-1);
  useEffect(() => {
    const control = new AbortController();
    load(address, control.signal).then(
      (loaded) => setReport(() => loaded as T),
      () => {
        if (!control.signal.aborted) setFailedAttempt(attempt);
      },
    );
    return () => control.abort();
  }, [address, attempt]);
  if (report !== null) return { state: "loaded", report };
  if (failedAttempt === attempt) return { state: "failed", retry: () => setAttempt(attempt + 1) };
  return { state: "loading" };
}

async function load(address: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return await response.json();
}
