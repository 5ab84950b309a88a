import type { ComponentPropsWithRef } from "react";
import { Button } from "../controls/Button";
import { Scale } from "../controls/icons";
import styles from "./DecideButton.module.css";

/** The button of the menu of questions, which gives it its behaviour. */
export function DecideButton(props: ComponentPropsWithRef<"button">) {
  return (
    <Button {...props} className={styles.button} aria-label="Decide">
      <Scale size={15} aria-hidden />
      <span className={styles.words}>Decide</span>
    </Button>
  );
}
