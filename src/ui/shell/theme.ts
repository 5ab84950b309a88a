export type ThemePreference = "system" | "light" | "dark";

const DARK_SYSTEM = "(prefers-color-scheme: dark)";

/**
 * Keeps `data-theme` on the document at what the reader chose, or at the system's theme where they left it to that.
 * `public/theme.js` has done the same before the first paint. Returns a function that stops following the system.
 */
export function followTheme(preference: ThemePreference): () => void {
  const system = window.matchMedia(DARK_SYSTEM);
  const apply = () => {
    const isDark = preference === "dark" || (preference === "system" && system.matches);
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
  };
  apply();
  system.addEventListener("change", apply);
  return () => system.removeEventListener("change", apply);
}
