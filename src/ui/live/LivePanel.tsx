import type { LiveSpeed } from "../../store/live-state";
import { Button } from "../controls/Button";
import { IconButton } from "../controls/IconButton";
import { RotateCcw } from "../controls/icons";
import { Square, StepForward } from "../controls/more-icons";
import { SegmentedField } from "../controls/SegmentedField";
import { useAnnouncement } from "../controls/use-announcement";
import { useLive, useSession } from "../shell/session-context";
import { ActionButton } from "./ActionButton";
import { LiveActions } from "./LiveActions";
import styles from "./LivePanel.module.css";
import { clockText, doneUntil, lastText, reachedText, spokenTime } from "./live-text";

const SPEEDS: readonly { readonly value: string; readonly label: string; readonly speed: LiveSpeed }[] = [
  { value: "1", label: "1×", speed: 1 },
  { value: "5", label: "5×", speed: 5 },
  { value: "20", label: "20×", speed: 20 },
  { value: "100", label: "100×", speed: 100 },
  { value: "max", label: "max", speed: "max" },
];

/** Simulated time, in whole seconds. */
function Clock() {
  const text = useLive((state) => clockText(state.nowS));
  return (
    <span className={styles.clock}>
      <span className="visually-hidden">Simulated time </span>
      <time>{text}</time>
    </span>
  );
}

function Speed() {
  const session = useSession();
  const speed = useLive((state) => state.speed);
  const reached = useLive(({ status, speed, speedReached }) =>
    status === "restarting" ? "catching up" : reachedText(speed, speedReached),
  );
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

/** What happened by itself, or else what the reader did last. */
function Done() {
  const notice = useLive((state) => state.notice);
  const count = useLive(({ recorded, nowS }) => doneUntil(recorded, nowS).length);
  const last = useLive(({ recorded, nowS }) => lastText(doneUntil(recorded, nowS)));
  if (notice !== null) {
    return (
      <p className={styles.done} role="status">
        {notice}
      </p>
    );
  }
  if (count === 0)
    return <p className={styles.done}>What you do is written down here, and goes into the link.</p>;
  return (
    <p className={styles.done}>
      <span className={styles.count}>{count} written down</span>
      {` · ${last}`}
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
export default function LivePanel() {
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
      <ActionButton
        explanation="Back to whole runs. What you did is kept as a scenario; undo leads back to the one before."
        onPress={() => session.live.stop()}
      >
        <Square size={13} aria-hidden />
        Stop
      </ActionButton>
      <Clock />
      <Speed />
      {hasFailed ? <Failure /> : <LiveActions />}
      <Done />
      <Announcement />
    </>
  );
}
