import { Dialog } from "../controls/Dialog";
import styles from "./ImportDialog.module.css";

/** For browsers that don't let the page write to the clipboard. */
export function CopyLinkDialog({ link, onClose }: { readonly link: string; readonly onClose: () => void }) {
  return (
    <Dialog title="Copy this link" onClose={onClose}>
      <p className={styles.note}>The browser does not let the page copy by itself. The link is selected.</p>
      <textarea
        className={styles.text}
        aria-label="Link to this scenario"
        readOnly
        rows={5}
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
    </Dialog>
  );
}
