import type { ComponentPropsWithRef } from "react";
import styles from "./Button.module.css";

interface ButtonProps extends ComponentPropsWithRef<"button"> {
  /** `primary` is the one thing to do next; there is at most one in view. */
  readonly look?: "primary" | "plain" | "quiet";
}

/** A button with words, and perhaps an icon before them. */
export function Button({ look = "plain", className, ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={[styles.button, className].join(" ")} data-look={look} />;
}
