import { Check, X } from "../controls/more-icons";
import styles from "./Trust.module.css";

/** Whether something came out as promised, in a word and a mark. */
export function Met({ is, yes = "met", no = "missed" }: { is: boolean; yes?: string; no?: string }) {
  const Icon = is ? Check : X;
  return (
    <span className={styles.met} data-met={is}>
      <Icon size={14} aria-hidden />
      {is ? yes : no}
    </span>
  );
}
