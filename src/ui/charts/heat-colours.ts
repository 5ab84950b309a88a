import { useSyncExternalStore } from "react";

const STOPS = ["--heat-0", "--heat-1", "--heat-2", "--heat-3", "--heat-4", "--heat-5"] as const;
const SHADES = 256;

function subscribeToTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** The colours of the heat maps' scale as text, from nothing to the most; they change with the theme. */
export function useHeatStops(): string {
  return useSyncExternalStore(subscribeToTheme, () => {
    const style = getComputedStyle(document.documentElement);
    return STOPS.map((name) => style.getPropertyValue(name).trim()).join(" ");
  });
}

/** What `useHeatStops` gives, as 256 shades: red, green, blue, opacity of each as a 32-bit pixel in memory order. */
export function heatShades(stops: string): Uint32Array {
  const colours = stops.split(" ").map(readColour);
  const shades = new Uint32Array(SHADES);
  const bytes = new Uint8ClampedArray(shades.buffer);
  for (let shade = 0; shade < SHADES; shade++) {
    const position = (shade / (SHADES - 1)) * (colours.length - 1);
    const low = Math.min(Math.floor(position), colours.length - 2);
    for (let part = 0; part < 3; part++) {
      const from = colours[low]?.[part] ?? 0;
      const to = colours[low + 1]?.[part] ?? from;
      bytes[shade * 4 + part] = from + (to - from) * (position - low);
    }
    bytes[shade * 4 + 3] = 255;
  }
  return shades;
}

/** "#1b4a8f" in three numbers; black for anything else. */
function readColour(text: string): readonly number[] {
  const number = Number.parseInt(text.slice(1), 16);
  if (!/^#[0-9a-f]{6}$/i.test(text)) return [0, 0, 0];
  return [number >> 16, (number >> 8) & 255, number & 255];
}
