import { TriangleAlert } from "../controls/icons";
import styles from "./FailureText.module.css";

/** What fails, each kind with its rate; nothing where nothing does. */
export function FailureText({ failures }: { readonly failures: readonly string[] }) {
  if (failures.length === 0) return null;
  return (
    <span className={styles.failures}>
      <TriangleAlert size={12} aria-hidden /> {failures.join("; ")}
    </span>
  );
}
