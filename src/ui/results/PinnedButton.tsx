import type { ComponentPropsWithRef } from "react";
import { Button } from "../controls/Button";
import { Pin } from "../controls/icons";
import styles from "./BaselineMenu.module.css";

/** The button of a pinned baseline; a menu gives it its behaviour. */
export function PinnedButton(props: ComponentPropsWithRef<"button">) {
  return (
    <Button {...props} className={styles.button} look="quiet" data-pinned aria-label="Baseline pinned">
      <Pin size={15} fill="currentColor" aria-hidden />
      <span className={styles.words}>Baseline pinned</span>
    </Button>
  );
}
