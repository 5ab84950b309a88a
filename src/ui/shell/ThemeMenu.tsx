import { useState } from "react";
import { IconButton } from "../controls/IconButton";
import { Monitor } from "../controls/icons";
import { Menu, MenuItem } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { Check, Moon, Sun } from "../controls/more-icons";
import { usePreferences, useSession } from "./session-context";
import type { ThemePreference } from "./theme";

const THEMES: readonly { readonly id: ThemePreference; readonly label: string; readonly Icon: typeof Sun }[] =
  [
    { id: "system", label: "As the system", Icon: Monitor },
    { id: "light", label: "Light", Icon: Sun },
    { id: "dark", label: "Dark", Icon: Moon },
  ];

/** Light, dark, or whatever the system says. */
export function ThemeMenu() {
  const session = useSession();
  const theme = usePreferences((state) => state.theme);
  const [isOpen, setOpen] = useState(false);
  const { Icon } = THEMES.find(({ id }) => id === theme) ?? { Icon: Monitor };

  return (
    <Menu
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={(props) => (
        <IconButton label="Theme" {...props}>
          <Icon size={16} aria-hidden />
        </IconButton>
      )}
    >
      {THEMES.map(({ id, label, Icon: ThemeIcon }) => (
        <MenuItem
          key={id}
          checked={id === theme}
          onSelect={() => session.preferences.setState({ theme: id })}
        >
          <ThemeIcon size={15} aria-hidden />
          {label}
          <span className={menu.key}>{id === theme && <Check size={14} aria-hidden />}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}
