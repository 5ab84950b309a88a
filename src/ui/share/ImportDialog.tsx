import { useRef, useState } from "react";
import { isObject } from "../../scenario/objects";
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

/** Whether a text is meant as a story: it says so, or has steps. What is wrong with it is for its reader to tell. */
function isStory(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    return isObject(document) && (Object.hasOwn(document, "headroomStory") || Array.isArray(document.steps));
  } catch {
    return false;
  }
}

/** A scenario or a story from a file or from the clipboard. What could not be read is listed; the rest is taken. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const [text, setText] = useState("");
  /** What was taken from the text field; null: nothing. A story taken twice would be there twice. */
  const [taken, setTaken] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const fileInput = useRef<HTMLInputElement>(null);

  /** Whether anything could be taken at all: what reads stories may not be had. */
  async function take(document: string): Promise<boolean> {
    try {
      const found = isStory(document)
        ? await (await session.ownStories()).importText(document)
        : session.importText(document);
      if (found.length === 0) onClose();
      setProblems(found);
      return true;
    } catch {
      setRefusal("A part of the page could not be loaded. Try again when you are online.");
      return false;
    }
  }

  async function takeText() {
    setRefusal(null);
    // At once, so that a second press finds it taken.
    setTaken(text);
    if (!(await take(text))) setTaken(null);
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
            {problems.every(({ path }) => path === "")
              ? "Nothing could be read, so nothing has changed."
              : `${problems.length === 1 ? "One value" : `${problems.length} values`} could not be used. What could be read was taken, and nothing that was there before is lost.`}
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
        <Button
          look="primary"
          disabled={text.trim() === "" || text === taken}
          onClick={() => void takeText()}
        >
          Import
        </Button>
      </div>
    </Dialog>
  );
}
