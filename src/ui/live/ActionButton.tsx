import type { ReactNode } from "react";
import { Button } from "../controls/Button";
import { useTooltip } from "../controls/use-tooltip";
import styles from "./LivePanel.module.css";

interface ActionButtonProps {
  /** What it does, in a sentence. */
  readonly explanation: string;
  /** Why it can't be pressed; null where it can. */
  readonly reason?: string | null;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** A button that says what it does on hover and focus, and why it does nothing where it can't: also to a tap. */
export function ActionButton({ explanation, reason = null, onPress, children }: ActionButtonProps) {
  const isOff = reason !== null;
  const tooltip = useTooltip(reason ?? explanation, styles.tooltip);
  return (
    <>
      <Button
        {...tooltip.triggerProps}
        className={styles.action}
        aria-disabled={isOff || undefined}
        aria-describedby={tooltip.isOpen ? tooltip.id : undefined}
        onClick={() => (isOff ? tooltip.open() : onPress())}
      >
        {children}
      </Button>
      {tooltip.element}
    </>
  );
}
