import { useRef, useState } from "react";
import type { Problem } from "../../scenario/types";
import { Button } from "../controls/Button";
import { Dialog } from "../controls/Dialog";
import dialog from "../controls/Dialog.module.css";
import { FileUp } from "../controls/more-icons";
import { ProblemList } from "../controls/ProblemList";
import { useSession } from "../shell/session-context";
import styles from "./ImportDialog.module.css";

/** No scenario is this large; a film that was chosen by mistake is not read into memory. */
const MOST_BYTES = 20_000_000;

/** Whether a text is a story's: only they say so. */
function isStory(document: string): boolean {
  return document.includes('"headroomStory"');
}

/** A scenario or a story from a file or from the clipboard. What could not be read is listed; the rest is taken. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const [text, setText] = useState("");
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const fileInput = useRef<HTMLInputElement>(null);

  async function take(document: string) {
    const found = isStory(document)
      ? await (await session.ownStories()).importText(document)
      : session.importText(document);
    if (found.length === 0) onClose();
    setProblems(found);
  }

  async function takeFile(file: File | undefined) {
    if (file === undefined) return;
    setProblems([]);
    if (file.size > MOST_BYTES) {
      setRefusal(`${file.name} has ${Math.round(file.size / 1e6)} MB. A scenario or a story has a few KB.`);
      return;
    }
    setRefusal(null);
    await take(await file.text());
  }

  return (
    <Dialog title="Import a scenario or a story" onClose={onClose}>
      <p className={dialog.note}>
        A scenario replaces the present one, which undo brings back. A story becomes one more of yours.
      </p>
      <textarea
        className={dialog.text}
        aria-label="Scenario or story as JSON"
        placeholder="Paste its JSON here"
        spellCheck={false}
        rows={8}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
      {problems.length > 0 && (
        <div className={styles.problems} role="alert">
          <p className={styles.refusal}>
            {problems.length === 1 ? "One value" : `${problems.length} values`} could not be used. What could
            be read was taken, and nothing that was there before is lost.
          </p>
          <ProblemList problems={problems} />
        </div>
      )}
      <div className={styles.actions}>
        <input
          ref={fileInput}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label="Scenario or story file"
          onChange={(event) => {
            void takeFile(event.target.files?.[0]);
            // So that the same file can be chosen again after it was mended.
            event.target.value = "";
          }}
        />
        <Button onClick={() => fileInput.current?.click()}>
          <FileUp size={15} aria-hidden />
          Choose a file
        </Button>
        <span className={styles.space} />
        <Button look="quiet" onClick={onClose}>
          {problems.length > 0 ? "Close" : "Cancel"}
        </Button>
        <Button look="primary" disabled={text.trim() === ""} onClick={() => void take(text)}>
          Import
        </Button>
      </div>
    </Dialog>
  );
}
