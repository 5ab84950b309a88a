import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { listDifferences } from "../../scenario/differences";
import type { StoryStep } from "../../scenario/stories/story";
import { showOnlyCharts } from "../shell/presentation";
import { useSession } from "../shell/session-context";
import { keepsKey } from "./kept-keys";
import styles from "./Presenting.module.css";
import { PAGE_CHARTS } from "./page-charts";

interface PresentingProps {
  readonly step: StoryStep;
  readonly onPrevious: () => void;
  readonly onNext: () => void;
  readonly onEnd: () => void;
}

/** What the keys do, as the strip at the bottom says it; what is pressed there does the same. */
const KEYS = [
  { key: "c", shown: "C", what: "controls" },
  { key: "b", shown: "B", what: "back to the step" },
  { key: "n", shown: "N", what: "note" },
  { key: "l", shown: "L", what: "pointer" },
  { key: "Escape", shown: "Esc", what: "end" },
] as const;

/**
 * The page while a story is presented: full screen, in large type, the step beside the system's picture and the charts that it chooses.
 * The controls come with a key, and whatever was changed goes back to the step with another.
 */
export function Presenting({ step, onPrevious, onNext, onEnd }: PresentingProps) {
  const session = useSession();
  const [hasControls, setControls] = useState(false);
  const [hasNote, setNote] = useState(false);
  const [hasPointer, setPointer] = useState(false);

  useEffect(() => {
    const root = document.documentElement;
    // Without full screen it is presented in the window.
    root.requestFullscreen?.().catch(() => undefined);
    const onFullscreen = () => {
      if (document.fullscreenElement === null) onEnd();
    };
    document.addEventListener("fullscreenchange", onFullscreen);
    return () => {
      document.removeEventListener("fullscreenchange", onFullscreen);
      delete root.dataset.presenting;
      // A browser without full screen has neither of the two.
      if (document.fullscreenElement != null) void document.exitFullscreen();
    };
  }, [onEnd]);

  useEffect(() => {
    document.documentElement.dataset.presenting = hasControls ? "controls" : "";
  }, [hasControls]);

  useEffect(() => {
    showOnlyCharts(step.charts.map((chart) => PAGE_CHARTS[chart]));
    return () => showOnlyCharts(null);
  }, [step]);

  useOpenPicture();

  const back = useCallback(() => {
    // Without a change it would be a step to undo that does nothing.
    if (listDifferences(step.scenario, session.scenario.getState().scenario).length > 0)
      session.replaceScenario(step.scenario, step.presetId);
  }, [session, step]);
  const actions = useMemo<Readonly<Record<string, () => void>>>(
    () => ({
      ArrowRight: onNext,
      PageDown: onNext,
      " ": onNext,
      ArrowLeft: onPrevious,
      PageUp: onPrevious,
      c: () => setControls((before) => !before),
      b: back,
      n: () => setNote((before) => !before),
      l: () => setPointer((before) => !before),
      Escape: () => (hasNote ? setNote(false) : onEnd()),
    }),
    [onNext, onPrevious, onEnd, back, hasNote],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLElement && keepsKey(event.target, event.key)) {
        // After the field has taken it, the keys are for presenting again.
        const isDone = event.key === "Enter" || event.key === "Escape";
        if (isDone && event.target instanceof HTMLInputElement) requestAnimationFrame(leave(event.target));
        return;
      }
      const act = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    // Before the page's own shortcuts: while it is presented, these are the keys.
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [actions]);

  const strip = useRef<HTMLDivElement>(null);
  useRoomFor(strip);

  return (
    <>
      {hasPointer && <LightPointer />}
      <div className={styles.strip} ref={strip}>
        {hasNote && <p className={styles.note}>{step.note ?? "This step has no note."}</p>}
        <ul className={styles.keys} aria-label="Keys while presenting">
          <li className={styles.arrows}>
            <kbd>← → Space</kbd> steps
          </li>
          {KEYS.map(({ key, shown, what }) => (
            <li key={key}>
              <button type="button" onClick={actions[key]}>
                <kbd>{shown}</kbd> {what}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function leave(field: HTMLElement): () => void {
  return () => field.blur();
}

/** The picture of the system open for as long as it is presented, on small screens too. */
function useOpenPicture(): void {
  const { preferences } = useSession();
  useEffect(() => {
    const { picture } = preferences.getState();
    preferences.setState({ picture: "open" });
    return () => preferences.setState({ picture });
  }, [preferences]);
}

/** Keeps free at the page's bottom what the strip takes there, with the note or without. */
function useRoomFor(strip: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = strip.current;
    if (element === null) return;
    const { style } = document.documentElement;
    const measure = () => style.setProperty("--strip-height", `${element.offsetHeight}px`);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => {
      observer.disconnect();
      style.removeProperty("--strip-height");
    };
  }, [strip]);
}

/** A ring that follows the pointer, large enough to be seen from the last row. */
function LightPointer() {
  const [place, setPlace] = useState<{ readonly x: number; readonly y: number } | null>(null);
  useEffect(() => {
    const onMove = ({ clientX, clientY }: PointerEvent | ReactPointerEvent) =>
      setPlace({ x: clientX, y: clientY });
    window.addEventListener("pointermove", onMove);
    return () => window.removeEventListener("pointermove", onMove);
  }, []);
  if (place === null) return null;
  return (
    <div
      className={styles.pointer}
      style={{ transform: `translate(${place.x}px, ${place.y}px)` }}
      aria-hidden="true"
    />
  );
}
