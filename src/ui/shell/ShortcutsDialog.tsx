import { Dialog } from "../controls/Dialog";
import styles from "./ShortcutsDialog.module.css";
import { SHORTCUTS, type ShortcutAction, shortcutKeys } from "./shortcuts";

const LABELS: Readonly<Record<ShortcutAction, string>> = {
  find: "Find a control by name",
  play: "Run live, or pause",
  pin: "Pin this run as the baseline",
  decide: "Ask what to decide: compare, sweep, find the cheapest",
  share: "Open the share menu",
  trust: "How far can I trust this?",
  previousStep: "Previous step of a story",
  nextStep: "Next step of a story",
  undo: "Undo",
  redo: "Redo",
  cancel: "Cancel the run, close what is open",
  help: "Show these shortcuts",
};

/** Keys inside controls, which are listed in the help but handled by the controls themselves. */
const CONTROL_KEYS = [
  { keys: "← →", label: "Move a slider by one step" },
  { keys: "Shift+← →", label: "Move a slider by ten steps" },
  { keys: "↑ ↓", label: "Change a number by one step" },
  { keys: "Enter", label: "Apply what was typed" },
  { keys: "← → Space", label: "Steps, while a story is presented" },
  { keys: "C B N L", label: "Controls, back to the step, note, pointer, while a story is presented" },
  { keys: "Double click", label: "Reset a slider to its default" },
] as const;

/** The list of shortcuts, for `?`. */
export default function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const rows = [
    ...(Object.keys(SHORTCUTS) as ShortcutAction[]).map((action) => ({
      keys: shortcutKeys(action),
      label: LABELS[action],
    })),
    ...CONTROL_KEYS,
  ];
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className={styles.list}>
        {rows.map(({ keys, label }) => (
          <div className={styles.row} key={keys}>
            <dt>
              <kbd className={styles.keys}>{keys}</kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>Fields understand 2k, 1,000, 500ms and 1.5s.</p>
    </Dialog>
  );
}
