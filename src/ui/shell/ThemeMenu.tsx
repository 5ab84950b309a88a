import type { MenuState } from "../controls/FetchedMenu";
import { Menu, MenuItem } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { Check } from "../controls/more-icons";
import { usePreferences, useSession } from "./session-context";
import { THEME_ICONS, ThemeButton } from "./ThemeButton";
import type { ThemePreference } from "./theme";

const THEMES: readonly { readonly id: ThemePreference; readonly label: string }[] = [
  { id: "system", label: "As the system" },
  { id: "light", label: "Light" },
  { id: "dark", label: "Dark" },
];

/** Light, dark, or whatever the system says. */
export function ThemeMenu({ isOpen, onOpenChange }: MenuState) {
  const session = useSession();
  const theme = usePreferences((state) => state.theme);
  return (
    <Menu isOpen={isOpen} onOpenChange={onOpenChange} trigger={(props) => <ThemeButton {...props} />}>
      {THEMES.map(({ id, label }) => {
        const ThemeIcon = THEME_ICONS[id];
        return (
          <MenuItem
            key={id}
            checked={id === theme}
            onSelect={() => session.preferences.setState({ theme: id })}
          >
            <ThemeIcon size={15} aria-hidden />
            {label}
            <span className={menu.key}>{id === theme && <Check size={14} aria-hidden />}</span>
          </MenuItem>
        );
      })}
    </Menu>
  );
}
