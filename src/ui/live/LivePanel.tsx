import { RotateCcw, Square, StepForward } from "lucide-react";
import type { LiveSpeed } from "../../store/live-state";
import { Button } from "../controls/Button";
import { IconButton } from "../controls/IconButton";
import { SegmentedField } from "../controls/SegmentedField";
import { useAnnouncement } from "../controls/use-announcement";
import { useLive, useSession } from "../shell/session-context";
import { ActionButton } from "./ActionButton";
import { LiveActions } from "./LiveActions";
import styles from "./LivePanel.module.css";
import { clockText, entryText, reachedText, spokenTime } from "./live-text";

const SPEEDS: readonly { readonly value: string; readonly label: string; readonly speed: LiveSpeed }[] = [
  { value: "1", label: "1×", speed: 1 },
  { value: "5", label: "5×", speed: 5 },
  { value: "20", label: "20×", speed: 20 },
  { value: "100", label: "100×", speed: 100 },
  { value: "max", label: "max", speed: "max" },
];

/** Simulated time, once a second at most. */
function Clock() {
  const text = useLive((state) => clockText(state.nowS));
  const isBusy = useLive((state) => state.status === "restarting");
  return (
    <span className={styles.clock}>
      <span className="visually-hidden">Simulated time </span>
      <time>{text}</time>
      {isBusy && <span className={styles.note}>Simulating from 0</span>}
    </span>
  );
}

function Speed() {
  const session = useSession();
  const speed = useLive((state) => state.speed);
  const reached = useLive((state) => reachedText(state.speed, state.speedReached));
  return (
    <>
      <span className={styles.speed}>
        <SegmentedField
          label="Speed"
          value={String(speed)}
          options={SPEEDS}
          onChange={(value) => {
            const chosen = SPEEDS.find((option) => option.value === value);
            if (chosen !== undefined) session.live.setSpeed(chosen.speed);
          }}
        />
      </span>
      <span className={styles.reached}>{reached}</span>
    </>
  );
}

const SHOWN_ENTRIES = 3;

/** What happened by itself, or else what the reader did last. */
function Done() {
  const recorded = useLive((state) => state.recorded);
  const notice = useLive((state) => state.notice);
  if (notice !== null) {
    return (
      <p className={styles.done} role="status">
        {notice}
      </p>
    );
  }
  if (recorded.length === 0)
    return <p className={styles.done}>What you do is written down here, and goes into the link.</p>;
  const last = recorded.slice(-SHOWN_ENTRIES).reverse();
  return (
    <p className={styles.done}>
      <span className={styles.count}>{recorded.length} written down</span>
      {last.map((entry, place) => (
        // Several may be alike, and none ever moves but by one place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span className={styles.entry} key={place}>
          {clockText(entry.atS)} {entryText(entry)}
        </span>
      ))}
    </p>
  );
}

function Failure() {
  const session = useSession();
  const failure = useLive((state) => state.failure);
  if (failure === null) return null;
  return (
    <div className={styles.failure} role="alert">
      <p>{failure.message} What you did is kept: play takes up where time was.</p>
      <Button onClick={() => session.live.play()}>Take it up again</Button>
    </div>
  );
}

/** Says when time stands still, and where; never the ticks. */
function Announcement() {
  const text = useLive((state) => (state.status === "paused" ? `Paused at ${spokenTime(state.nowS)}` : ""));
  return (
    <p className="visually-hidden" aria-live="polite">
      {useAnnouncement(text)}
    </p>
  );
}

/** Beside play and pause: steps, speed, what can be done to the running system, and what was done to it. */
export function LivePanel() {
  const session = useSession();
  const hasFailed = useLive((state) => state.status === "failed");
  return (
    <>
      <IconButton label="One second" disabled={hasFailed} onClick={() => session.live.step()}>
        <StepForward size={16} aria-hidden />
      </IconButton>
      <IconButton
        label="Begin again at 0, with the values as they are"
        disabled={hasFailed}
        onClick={() => session.live.reset()}
      >
        <RotateCcw size={16} aria-hidden />
      </IconButton>
      <Clock />
      <Speed />
      <span className={styles.stop}>
        <ActionButton
          explanation="Back to whole runs. What you did is kept as a scenario; undo leads back to the one before."
          onPress={() => session.live.stop()}
        >
          <Square size={13} aria-hidden />
          Stop
        </ActionButton>
      </span>
      {hasFailed ? <Failure /> : <LiveActions />}
      <Done />
      <Announcement />
    </>
  );
}
