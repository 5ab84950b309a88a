import { useEffect, useState } from "react";
import type { ResultFigures } from "../../analysis/result-types";
import type { Session } from "../../store/session";
import { findRemedy, type Remedy } from "../../study/remedy";
import { useSession } from "../shell/session-context";

/** A run of more requests takes too long to be simulated dozens of times without being asked. */
const QUICK_REQUESTS = 200_000;
/** Whoever has just stopped changing may go on. */
const REST_MS = 400;
/** Where something else is simulated, it is asked again after so long. */
const AGAIN_MS = 250;

export interface RemedySearch {
  /** As far as it is known; null before anything is. */
  readonly remedy: Remedy | null;
  /** `waiting`: begins only when asked. `failed`: the trying could not go on. */
  readonly status: "waiting" | "trying" | "done" | "failed";
  readonly begin: () => void;
}

/** What would help a run that misses its objective, tried while nothing else is simulated; begun anew with each run. */
export function useRemedy(figures: ResultFigures): RemedySearch {
  const session = useSession();
  const isQuick = figures.simulatedRequests <= QUICK_REQUESTS;
  const [asked, setAsked] = useState<ResultFigures | null>(null);
  const [found, setFound] = useState<{
    readonly of: ResultFigures;
    readonly remedy: Remedy | null;
    readonly status: RemedySearch["status"];
  } | null>(null);
  const isBegun = isQuick || asked === figures;

  useEffect(() => {
    if (!isBegun) return;
    let isWanted = true;
    const tell = (status: RemedySearch["status"], remedy: Remedy | null) => {
      if (isWanted) setFound({ of: figures, remedy, status });
    };
    const rest = setTimeout(() => {
      let latest: Remedy | null = null;
      findRemedy(
        figures,
        (scenario) => simulateWhenIdle(session, scenario, () => isWanted),
        (remedy) => {
          latest = remedy;
          tell("trying", remedy);
        },
      ).then(
        (remedy) => tell("done", remedy ?? latest),
        () => tell("failed", latest),
      );
    }, REST_MS);
    return () => {
      isWanted = false;
      clearTimeout(rest);
    };
  }, [figures, session, isBegun]);

  const isOfThis = found !== null && found.of === figures;
  return {
    remedy: isOfThis ? found.remedy : null,
    status: isOfThis ? found.status : isBegun ? "trying" : "waiting",
    begin: () => setAsked(figures),
  };
}

/** The figures of another scenario, once there is time for it; null where they are not wanted any more. Rejects where it cannot be simulated. */
async function simulateWhenIdle(
  session: Session,
  scenario: ResultFigures["scenario"],
  isWanted: () => boolean,
): Promise<ResultFigures | null> {
  while (isWanted()) {
    const outcome = await session.simulateAside(scenario);
    if (outcome === "later") await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    else if ("failure" in outcome) throw new Error(outcome.failure);
    else return outcome.figures;
  }
  return null;
}
