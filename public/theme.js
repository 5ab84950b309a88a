/*
 * Sets light or dark before the first paint, so that the page never flashes in the other one. A file of its own,
 * because the page's content security policy allows no inline script. Afterwards src/ui/shell/theme.ts takes over.
 */
(() => {
  let theme = "system";
  try {
    theme = JSON.parse(localStorage.getItem("headroom.1.preferences") ?? "{}").theme ?? theme;
  } catch {
    // Storage that is blocked or damaged means the system's theme.
  }
  const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
