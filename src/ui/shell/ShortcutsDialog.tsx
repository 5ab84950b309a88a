import { Dialog } from "../controls/Dialog";
import styles from "./ShortcutsDialog.module.css";
import { CONTROL_KEYS, SHORTCUTS, shortcutKeys } from "./shortcuts";

/** The list of shortcuts, for `?`. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const rows = [
    ...SHORTCUTS.map(({ action, label }) => ({ keys: shortcutKeys(action), label })),
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
