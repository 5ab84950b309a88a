import type { ComponentPropsWithRef } from "react";
import { IconButton } from "../controls/IconButton";
import type { Icon } from "../controls/icon";
import { Monitor, Moon, Sun } from "../controls/icons";
import { usePreferences } from "./session-context";
import type { ThemePreference } from "./theme";

export const THEME_ICONS: Readonly<Record<ThemePreference, Icon>> = {
  system: Monitor,
  light: Sun,
  dark: Moon,
};

/** The button of the theme menu, which gives it its behaviour. */
export function ThemeButton(props: ComponentPropsWithRef<"button">) {
  const ThemeIcon = THEME_ICONS[usePreferences((state) => state.theme)];
  return (
    <IconButton {...props} label="Theme">
      <ThemeIcon size={16} aria-hidden />
    </IconButton>
  );
}
