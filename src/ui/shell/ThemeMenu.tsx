import { Check, Monitor, Moon, Sun } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { IconButton } from "../controls/IconButton";
import menu from "../controls/Menu.module.css";
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
  const { Icon } = THEMES.find(({ id }) => id === theme) ?? { Icon: Monitor };

  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label="Theme">
          <Icon size={16} aria-hidden />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menu.content} align="end" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.RadioGroup
            value={theme}
            onValueChange={(next) => {
              const chosen = THEMES.find(({ id }) => id === next);
              if (chosen !== undefined) session.preferences.setState({ theme: chosen.id });
            }}
          >
            {THEMES.map(({ id, label, Icon: ThemeIcon }) => (
              <DropdownMenu.RadioItem className={menu.item} key={id} value={id}>
                <ThemeIcon size={15} aria-hidden />
                {label}
                <span className={menu.key}>{id === theme && <Check size={14} aria-hidden />}</span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
