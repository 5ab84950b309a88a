import { Dialog } from "./Dialog";
import styles from "./Dialog.module.css";

interface CopyLinkDialogProps {
  /** What the link leads to: "Link to this step". */
  readonly label: string;
  readonly link: string;
  readonly onClose: () => void;
}

/** For browsers that don't let the page write to the clipboard. */
export function CopyLinkDialog({ label, link, onClose }: CopyLinkDialogProps) {
  return (
    <Dialog title="Copy this link" onClose={onClose}>
      <p className={styles.note}>The browser does not let the page copy by itself. The link is selected.</p>
      <textarea
        className={styles.text}
        aria-label={label}
        readOnly
        rows={5}
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
    </Dialog>
  );
}
