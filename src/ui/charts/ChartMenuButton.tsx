import type { ComponentPropsWithRef } from "react";
import { Ellipsis } from "../controls/more-icons";
import styles from "./ChartCard.module.css";

interface ChartMenuButtonProps extends Omit<ComponentPropsWithRef<"button">, "title"> {
  /** The chart's. */
  readonly title: string;
}

/** The button of a chart's menu, which gives it its behaviour. */
export function ChartMenuButton({ title, ...rest }: ChartMenuButtonProps) {
  return (
    <button type="button" className={styles.menuButton} aria-label={`Menu of the chart: ${title}`} {...rest}>
      <Ellipsis size={16} aria-hidden />
    </button>
  );
}
