/** Who keeps which keys: the first that a control is inside of. Without a list it keeps all of them: it is written into, or closes with Escape. */
const KEEPERS: readonly (readonly [controls: string, keys: readonly string[] | null])[] = [
  ["dialog, [role=menu]", null],
  [
    "[role=slider], input[type=range]",
    ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"],
  ],
  ["input[type=radio]", ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", " "]],
  ["input[type=checkbox]", [" "]],
  ["select", ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]],
  ["input, textarea, [contenteditable=true]", null],
];

/** Whether a control that has the focus needs a key itself, so that it means nothing else meanwhile. */
export function keepsKey(focused: Element, key: string): boolean {
  const keeper = KEEPERS.find(([controls]) => focused.closest(controls) !== null);
  if (keeper === undefined) return false;
  const [, keys] = keeper;
  return keys === null || keys.includes(key);
}
