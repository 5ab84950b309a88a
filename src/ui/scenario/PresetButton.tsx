import type { ComponentPropsWithRef } from "react";
import { IconButton } from "../controls/IconButton";
import { ChevronDown } from "../controls/icons";

/** The button of the menu of examples, which gives it its behaviour. */
export function PresetButton(props: ComponentPropsWithRef<"button">) {
  return (
    <IconButton {...props} label="Stories and examples">
      <ChevronDown size={16} aria-hidden />
    </IconButton>
  );
}
