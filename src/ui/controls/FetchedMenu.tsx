import {
  type ComponentPropsWithRef,
  type ComponentType,
  type ReactElement,
  useCallback,
  useEffect,
  useState,
} from "react";

export interface MenuState {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

interface FetchedMenuProps<More extends object> extends MenuState {
  readonly fetch: () => Promise<ComponentType<MenuState & More>>;
  /** What the menu is given besides. */
  readonly more?: More;
  /** The button that stands there until the menu has been opened, which then brings the same one. */
  readonly button: (props: ComponentPropsWithRef<"button">) => ReactElement;
}

/** A menu that is fetched when a reader comes to its button, and opens once it is there. */
export function FetchedMenu<More extends object = object>(props: FetchedMenuProps<More>) {
  const { fetch, more, button, isOpen, onOpenChange } = props;
  const [Menu, setMenu] = useState<ComponentType<MenuState & More> | null>(null);
  const [wasOpened, setWasOpened] = useState(false);
  if (isOpen && Menu !== null && !wasOpened) setWasOpened(true);

  const begin = useCallback(() => fetch().then((fetched) => setMenu(() => fetched)), [fetch]);
  useEffect(() => {
    // Without its code the button is as before, to be pressed again.
    if (isOpen && Menu === null) begin().catch(() => onOpenChange(false));
  }, [isOpen, Menu, begin, onOpenChange]);

  if (Menu !== null && wasOpened)
    return <Menu {...(more as More)} isOpen={isOpen} onOpenChange={onOpenChange} />;
  const approach = () => {
    // What fails here is tried again when it is opened.
    begin().catch(() => undefined);
  };
  return button({
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerOver: approach,
    onFocus: approach,
    onClick: () => onOpenChange(true),
    onKeyDown: (event) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      onOpenChange(true);
    },
  });
}
