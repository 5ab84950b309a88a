import { useEffect } from "react";

/** Every shortcut of the page, in the order the help lists them. */
export const SHORTCUTS = {
  find: "/",
  play: "Space",
  pin: "P",
  decide: "D",
  share: "S",
  trust: "T",
  previousStep: "[",
  nextStep: "]",
  undo: "Ctrl+Z",
  redo: "Ctrl+Shift+Z",
  cancel: "Esc",
  help: "?",
} as const;

export type ShortcutAction = keyof typeof SHORTCUTS;
export type ShortcutHandlers = Readonly<Partial<Record<ShortcutAction, () => void>>>;

/** The keys as they are written on the reader's keyboard: ⌘ on a Mac, Ctrl elsewhere. */
export function shortcutKeys(action: ShortcutAction): string {
  const keys: string = SHORTCUTS[action];
  const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);
  return isMac ? keys.replace("Ctrl+Shift+", "⇧⌘").replace("Ctrl+", "⌘") : keys;
}

const TEXT_FIELDS =
  "input:not([type=range], [type=radio], [type=checkbox]), textarea, [contenteditable=true]";

/** On a text field: it holds nothing but what is applied, so undoing in it means the scenario. */
export const NOTHING_TYPED = "data-nothing-typed";

/** What the space bar presses, chooses or opens; a slider's it has no use for. */
const SPACE_KEEPERS =
  "button, a, summary, select, input:not([type=range]), textarea, [contenteditable=true], [role=button]";

/**
 * Whether the focused element needs the keys itself: text fields with typed text have their own undo, lists find by
 * letter, menus and dialogs close on Escape. A run can be cancelled from everywhere else, and a list has nothing of
 * its own to undo.
 */
function keepsKey(target: EventTarget | null, action: ShortcutAction): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("dialog, [role=menu]") !== null) return true;
  if (action === "cancel") return false;
  if (action === "play") return target.closest(SPACE_KEEPERS) !== null;
  const isUndo = action === "undo" || action === "redo";
  const field = target.closest(TEXT_FIELDS);
  if (field !== null) return !(isUndo && field.hasAttribute(NOTHING_TYPED));
  return target.closest("select") !== null && !isUndo && action !== "find" && action !== "help";
}

/** Which shortcut a key event is; null for none. */
function shortcutOf(event: KeyboardEvent): ShortcutAction | null {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (event.altKey) return null;
    if (key === "z") return event.shiftKey ? "redo" : "undo";
    return key === "y" && !event.shiftKey ? "redo" : null;
  }
  if (event.altKey) return null;
  switch (key) {
    case "/":
      return "find";
    case "?":
      return "help";
    case " ":
      return "play";
    case "p":
      return "pin";
    case "d":
      return "decide";
    case "s":
      return "share";
    case "t":
      return "trust";
    case "[":
      return "previousStep";
    case "]":
      return "nextStep";
    case "escape":
      return "cancel";
    default:
      return null;
  }
}

/** Listens on the whole page. Does nothing where the focused element needs the keys. */
export function useShortcuts(handlers: ShortcutHandlers): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const action = shortcutOf(event);
      if (action === null || event.defaultPrevented || keepsKey(event.target, action)) return;
      const handler = handlers[action];
      if (handler === undefined) return;
      event.preventDefault();
      handler();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [handlers]);
}
