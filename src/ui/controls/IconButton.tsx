import { Tooltip } from "radix-ui";
import type { ComponentPropsWithRef, ReactNode } from "react";
import styles from "./IconButton.module.css";

interface IconButtonProps extends Omit<ComponentPropsWithRef<"button">, "children" | "aria-label"> {
  /** What it does: its name, and what hovering or focusing shows. */
  readonly label: string;
  /** As it stands on the keyboard: "Ctrl+Z". */
  readonly shortcut?: string;
  readonly children: ReactNode;
}

/** A button with an icon only. Its name shows on hover and focus, and is always there for people who hear it. */
export function IconButton({ label, shortcut, children, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button type="button" {...rest} className={[styles.button, className].join(" ")} aria-label={label}>
          {children}
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={styles.tooltip} sideOffset={6} collisionPadding={8}>
          {label}
          {shortcut !== undefined && <kbd className={styles.shortcut}>{shortcut}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
