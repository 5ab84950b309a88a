import { lazy, Suspense } from "react";
import { Button } from "../controls/Button";
import { Pause, Play } from "../controls/icons";
import { useLive, useSession } from "../shell/session-context";
import { shortcutKeys } from "../shell/shortcuts";
import styles from "./LiveBar.module.css";

// Comes when it is first asked for: see docs/decisions/what-loads-first.md.
const LivePanel = lazy(() => import("./LivePanel"));

/** Play and pause; while it is live, everything else that can be done to time and to the running system. */
export function LiveBar() {
  const session = useSession();
  const isOn = useLive((state) => state.status !== "off");
  const isPlaying = useLive((state) => state.isPlaying);
  const Icon = isPlaying ? Pause : Play;
  return (
    <section className={styles.bar} aria-label="Live run" data-on={isOn || undefined}>
      <Button className={styles.play} onClick={() => session.live.toggle()}>
        <Icon size={15} aria-hidden />
        {isPlaying ? "Pause" : isOn ? "Play" : "Run live"}
      </Button>
      {isOn ? (
        <Suspense fallback={null}>
          <LivePanel />
        </Suspense>
      ) : (
        <span className={styles.offer}>
          Let time run, and change the system while it does. <kbd>{shortcutKeys("play")}</kbd>
        </span>
      )}
    </section>
  );
}
