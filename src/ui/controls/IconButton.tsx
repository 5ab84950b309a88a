import type { ComponentPropsWithRef, ReactNode } from "react";
import styles from "./IconButton.module.css";
import { useTooltip } from "./use-tooltip";

interface IconButtonProps extends Omit<ComponentPropsWithRef<"button">, "children" | "aria-label"> {
  /** What it does: its name, and what hovering or focusing shows. */
  readonly label: string;
  /** As it stands on the keyboard: "Ctrl+Z". */
  readonly shortcut?: string;
  readonly children: ReactNode;
}

/** A button with an icon only. Its name shows on hover and focus, and is always there for people who hear it. */
export function IconButton({ label, shortcut, children, className, ...rest }: IconButtonProps) {
  const content = (
    <>
      {label}
      {shortcut !== undefined && <kbd className={styles.shortcut}>{shortcut}</kbd>}
    </>
  );
  const { triggerProps, element } = useTooltip(content, styles.tooltip);
  return (
    <>
      <button
        type="button"
        {...rest}
        {...triggerProps}
        className={[styles.button, className].join(" ")}
        aria-label={label}
      >
        {children}
      </button>
      {element}
    </>
  );
}
