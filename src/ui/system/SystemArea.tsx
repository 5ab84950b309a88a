import { type CSSProperties, lazy, Suspense, useSyncExternalStore } from "react";
import { ErrorBoundary } from "../shell/ErrorBoundary";
import { usePreferences, useScenario, useSession } from "../shell/session-context";
import type { OpenPart } from "../shell/system-parts";
import styles from "./SystemArea.module.css";

/** Comes after the page's first look: see docs/decisions/what-loads-first.md. */
const SystemPanel = lazy(() => import("./SystemPanel"));

/** Where the first two charts stay in view below it, or where one scrolls to them anyway. */
const FITS = "(min-height: 820px), (max-width: 56rem)";

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(FITS);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** The picture of the system. Its place has its size before its code has come, so that nothing jumps. */
export function SystemArea({ onPart }: { readonly onPart: OpenPart }) {
  const session = useSession();
  const picture = usePreferences((state) => state.picture);
  const fits = useSyncExternalStore(subscribe, () => window.matchMedia(FITS).matches);
  const isOpen = picture === "fitting" ? fits : picture === "open";
  const lanes = useScenario(({ scenario }) => scenario.fleets.length);
  const hasPooler = useScenario(({ scenario }) => scenario.pooler.enabled);
  const hasReplicas = useScenario(({ scenario }) => scenario.database.replicas.count > 0);
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
