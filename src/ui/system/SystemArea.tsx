import { type CSSProperties, lazy, Suspense, useSyncExternalStore } from "react";
import type { Scenario } from "../../scenario/types";
import { ErrorBoundary } from "../shell/ErrorBoundary";
import { usePreferences, useScenario, useSession } from "../shell/session-context";
import type { OpenPart } from "../shell/system-parts";
import styles from "./SystemArea.module.css";

/** Comes after the page's first look: see docs/decisions/what-loads-first.md. */
const SystemPanel = lazy(() => import("./SystemPanel"));

/** Where the first two charts stay in view below it, or where one scrolls to them anyway. */
const FITS = "(min-height: 860px), (max-width: 56rem)";

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(FITS);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Whether an entry of the timeline changes something of a part of the system. */
function isSetLater({ timeline }: Scenario, part: string): boolean {
  return timeline.some((entry) => entry.do === "set" && entry.path.startsWith(part));
}

function mayHaveReplicas(scenario: Scenario): boolean {
  const { count, autoscaler } = scenario.database.replicas;
  return count > 0 || autoscaler !== null || isSetLater(scenario, "database.replicas");
}

/** The picture of the system. Its place has its size before its code has come, so that nothing jumps. */
export function SystemArea({ onPart }: { readonly onPart: OpenPart }) {
  const session = useSession();
  const picture = usePreferences((state) => state.picture);
  const fits = useSyncExternalStore(subscribe, () => window.matchMedia(FITS).matches);
  const isOpen = picture === "fitting" ? fits : picture === "open";
  const lanes = useScenario(({ scenario }) => scenario.fleets.length);
  const hasPooler = useScenario(({ scenario }) => scenario.pooler.enabled || isSetLater(scenario, "pooler"));
  const hasReplicas = useScenario(({ scenario }) => mayHaveReplicas(scenario));
  const rows = { "--lanes": lanes, "--pooler": Number(hasPooler), "--replicas": Number(hasReplicas) };
  return (
    <section
      className={styles.area}
      id="system"
      aria-label="System"
      data-open={isOpen || undefined}
      style={rows as CSSProperties}
    >
      <ErrorBoundary
        part="The picture of the system"
        advice="Your scenario, its figures and charts are kept. Try again, or reload the page."
      >
        <Suspense fallback={null}>
          <SystemPanel
            isOpen={isOpen}
            onPart={onPart}
            onOpen={(open) => session.preferences.setState({ picture: open ? "open" : "closed" })}
          />
        </Suspense>
      </ErrorBoundary>
    </section>
  );
}
