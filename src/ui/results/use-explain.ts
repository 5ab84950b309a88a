import { useEffect, useState } from "react";
import type { explain } from "../../analysis/verdict";

type Explain = typeof explain;

let known: Explain | null = null;

/** Fetched with the charts, while the first run is under way: see docs/decisions/what-loads-first.md. */
export const explainFetched: Promise<Explain> = import("../../analysis/verdict").then((module) => {
  known = module.explain;
  return known;
});

/** What explains figures; null until it has been fetched, and `false` where it cannot be. */
export function useExplain(): Explain | null | false {
  const [found, setFound] = useState<{ readonly explain: Explain | null | false }>({ explain: known });
  useEffect(() => {
    let isWanted = true;
    const tell = (explain: Explain | false) => isWanted && setFound({ explain });
    explainFetched.then(tell, () => tell(false));
    return () => {
      isWanted = false;
    };
  }, []);
  return found.explain;
}
