import { useContext, useEffect, useState } from "react";
import type { Story } from "../../../scenario/stories/story";
import { Button } from "../../controls/Button";
import { Dialog } from "../../controls/Dialog";
import { download } from "../../controls/download";
import { changeText } from "../../shell/change";
import { useLive, useSession } from "../../shell/session-context";
import { WordsOfChangesContext } from "../words-of-changes";
import styles from "./ExportDialog.module.css";
import { type ExportKind, exportStory } from "./export-story";

interface ExportDialogProps {
  readonly story: Story;
  /** Of the step that is shown. */
  readonly place: number;
  readonly kind: ExportKind;
  readonly onClose: () => void;
}

const TITLES: Readonly<Record<ExportKind, string>> = {
  app: "Page with the app inside",
  page: "Page with pictures",
  markdown: "Design document",
  picture: "Picture of this step",
};

type State =
  | { readonly is: "working"; readonly place: number }
  | { readonly is: "done"; readonly name: string; readonly megabytes: string }
  | { readonly is: "failed"; readonly reason: string };

/** Makes a file of a story: each step is simulated and drawn, which takes a while. Closing it calls it off. A live run must be stopped first. */
export default function ExportDialog({ story, place, kind, onClose }: ExportDialogProps) {
  const session = useSession();
  const words = useContext(WordsOfChangesContext);
  const [state, setState] = useState<State>({ is: "working", place });
  const isLive = useLive(({ status }) => status !== "off");
  // The workers are taken as long as a live run is on, even a paused one; the app is handed on without any run.
  const mustWait = isLive && kind !== "app";

  useEffect(() => {
    if (mustWait) return;
    const controller = new AbortController();
    const { signal } = controller;
    exportStory(kind, story, place, {
      simulate: (scenario) => session.simulateAside(scenario),
      changes: (before, after) => words(before, after).map(changeText),
      signal,
      onStep: (at) => setState({ is: "working", place: at }),
    }).then(
      ({ name, content }) => {
        if (signal.aborted) return;
        download(name, content);
        setState({ is: "done", name, megabytes: (content.size / 1e6).toFixed(1) });
      },
      (error: unknown) => {
        if (signal.aborted) return;
        setState({ is: "failed", reason: error instanceof Error ? error.message : "It could not be made." });
      },
    );
    return () => controller.abort();
  }, [session, words, kind, story, place, mustWait]);

  return (
    <Dialog title={TITLES[kind]} onClose={onClose}>
      {mustWait && (
        <p className={styles.failure} role="alert">
          Stop the live run to export.
        </p>
      )}
      {!mustWait && state.is === "working" && (
        <>
          <p className={styles.note} role="status">
            {kind === "page" || kind === "markdown"
              ? `Simulating and drawing step ${state.place + 1} of ${story.steps.length}.`
              : "Being made."}
          </p>
          <progress
            className={styles.progress}
            aria-label="Steps done"
            max={story.steps.length}
            value={kind === "page" || kind === "markdown" ? state.place : undefined}
          />
        </>
      )}
      {state.is === "done" && (
        <p className={styles.note} role="status">
          Saved as {state.name}, {state.megabytes} MB.
        </p>
      )}
      {state.is === "failed" && (
        <p className={styles.failure} role="alert">
          {state.reason}
        </p>
      )}
      <div className={styles.actions}>
        <Button onClick={onClose}>{!mustWait && state.is === "working" ? "Cancel" : "Close"}</Button>
      </div>
    </Dialog>
  );
}
