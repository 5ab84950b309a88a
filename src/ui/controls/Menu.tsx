import {
  type ComponentPropsWithRef,
  type CSSProperties,
  createContext,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  use,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import styles from "./Menu.module.css";
import { HAS_TOP_LAYER, placeBeside } from "./place-beside";

/** Closes the menu that an item is in, and gives the focus back to its button. */
const CloseMenu = createContext<() => void>(() => undefined);

export type TriggerProps = Pick<
  ComponentPropsWithRef<"button">,
  "ref" | "id" | "onClick" | "onKeyDown" | "aria-haspopup" | "aria-expanded"
> & { readonly "data-state": "open" | "closed" };

interface MenuProps {
  /** The button that opens it, given what makes it one. */
  readonly trigger: (props: TriggerProps) => ReactElement;
  readonly align?: "start" | "end";
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

const ITEMS = "[role^=menuitem]:not([aria-disabled])";

function itemsOf(list: HTMLElement): readonly HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(ITEMS)];
}

/** The item that a key leads to from the focused one; undefined for a key that moves nothing. */
function itemAfter(key: string, list: HTMLElement): HTMLElement | undefined {
  const items = itemsOf(list);
  const present = items.findIndex((item) => item === document.activeElement);
  if (key === "ArrowDown") return items[(present + 1) % items.length];
  if (key === "ArrowUp") return items.at(present <= 0 ? -1 : present - 1);
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key.length !== 1 || key === " ") return undefined;
  const ahead = [...items.slice(present + 1), ...items.slice(0, present + 1)];
  return ahead.find((item) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()));
}

interface MenuListProps {
  readonly anchor: HTMLElement | null;
  readonly align: "start" | "end";
  /** Opened by a key: its first item then has the focus. */
  readonly isByKey: boolean;
  readonly onClose: (how: { readonly givesFocusBack: boolean }) => void;
  readonly children: ReactNode;
}

function MenuList({ anchor, align, isByKey, onClose, children }: MenuListProps) {
  const element = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  const [place, setPlace] = useState<CSSProperties>({});

  useLayoutEffect(() => {
    const list = element.current;
    if (list === null || anchor === null) return;
    const putBeside = () =>
      setPlace(placeBeside(list, anchor.getBoundingClientRect(), { side: "below", align, gap: 6 }));
    const onPointerDown = ({ target }: PointerEvent) => {
      const isInside = target instanceof Node && (list.contains(target) || anchor.contains(target));
      if (!isInside) close.current({ givesFocusBack: false });
    };
    if (HAS_TOP_LAYER) list.showPopover();
    putBeside();
    const first = isByKey ? itemsOf(list)[0] : undefined;
    (first ?? list).focus({ preventScroll: true });
    document.addEventListener("pointerdown", onPointerDown, true);
    document.addEventListener("scroll", putBeside, true);
    window.addEventListener("resize", putBeside);
    return () => {
      document.removeEventListener("pointerdown", onPointerDown, true);
      document.removeEventListener("scroll", putBeside, true);
      window.removeEventListener("resize", putBeside);
    };
  }, [anchor, align, isByKey]);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    // Tab goes on from the button, as if the menu had never been there.
    if (event.key === "Tab") return close.current({ givesFocusBack: true });
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const item = itemAfter(event.key, event.currentTarget);
    if (event.key === "Escape") close.current({ givesFocusBack: true });
    else if (item === undefined) return;
    item?.focus();
    event.preventDefault();
    event.stopPropagation();
  }

  return createPortal(
    <div
      ref={element}
      className={styles.content}
      style={place}
      role="menu"
      tabIndex={-1}
      aria-labelledby={anchor?.id}
      {...(HAS_TOP_LAYER ? { popover: "manual" } : {})}
      onKeyDown={onKeyDown}
      onPointerLeave={(event) => event.currentTarget.focus({ preventScroll: true })}
    >
      {children}
    </div>,
    document.body,
  );
}

/**
 * A button with a list of things to do. Arrow keys, Home, End and first letters move in it; Escape, Tab, a choice and
 * a press elsewhere close it.
 */
export function Menu({ trigger, align = "end", isOpen, onOpenChange, children }: MenuProps) {
  const [button, setButton] = useState<HTMLElement | null>(null);
  const [isByKey, setByKey] = useState(false);
  const id = useId();

  function close({ givesFocusBack }: { readonly givesFocusBack: boolean }) {
    if (givesFocusBack) button?.focus();
    onOpenChange(false);
  }

  function open(byKey: boolean) {
    setByKey(byKey);
    onOpenChange(true);
  }

  return (
    <>
      {trigger({
        ref: setButton,
        id,
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        "data-state": isOpen ? "open" : "closed",
        // A click that no pointer made is a key.
        onClick: ({ detail }) => (isOpen ? close({ givesFocusBack: true }) : open(detail === 0)),
        onKeyDown: (event) => {
          if (event.key !== "ArrowDown" || isOpen) return;
          event.preventDefault();
          open(true);
        },
      })}
      {isOpen && (
        <CloseMenu value={() => close({ givesFocusBack: true })}>
          <MenuList anchor={button} align={align} isByKey={isByKey} onClose={close}>
            {children}
          </MenuList>
        </CloseMenu>
      )}
    </>
  );
}

interface MenuItemProps {
  readonly onSelect: () => void;
  readonly disabled?: boolean;
  /** Where it is one of several of which one is chosen: whether it is that one. */
  readonly checked?: boolean;
  /** Stays open, to say that it worked. */
  readonly keepsOpen?: boolean;
  readonly children: ReactNode;
}

/** One thing to do, or to choose. */
export function MenuItem({
  onSelect,
  disabled = false,
  checked,
  keepsOpen = false,
  children,
}: MenuItemProps) {
  const close = use(CloseMenu);

  function select() {
    if (disabled) return;
    // First, so that a dialog that comes of it gives the focus back to the button.
    if (!keepsOpen) close();
    onSelect();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is one of two
    <div
      className={styles.item}
      role={checked === undefined ? "menuitem" : "menuitemradio"}
      {...(checked === undefined ? {} : { "aria-checked": checked })}
      aria-disabled={disabled || undefined}
      tabIndex={-1}
      onClick={select}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        select();
      }}
      onPointerMove={(event) => {
        if (!disabled) event.currentTarget.focus({ preventScroll: true });
      }}
    >
      {children}
    </div>
  );
}

/** A line between items. */
export function MenuSeparator() {
  return <hr className={styles.separator} />;
}
