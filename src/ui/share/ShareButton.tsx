import type { ComponentPropsWithRef } from "react";
import { Button } from "../controls/Button";
import { Share2 } from "../controls/icons";
import styles from "./ShareMenu.module.css";

/** The button of the share menu, which gives it its behaviour. */
export function ShareButton(props: ComponentPropsWithRef<"button">) {
  return (
    <Button {...props} className={styles.button} aria-label="Share">
      <Share2 size={15} aria-hidden />
      <span className={styles.words}>Share</span>
    </Button>
  );
}
