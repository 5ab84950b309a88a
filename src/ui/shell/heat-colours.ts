import { useEffect, useState } from "react";

const STOPS = ["--heat-0", "--heat-1", "--heat-2", "--heat-3", "--heat-4", "--heat-5"] as const;
const SHADES = 256;

function readColours(names: readonly string[]): string {
  const style = getComputedStyle(document.documentElement);
  return names.map((name) => style.getPropertyValue(name).trim()).join(" ");
}

/**
 * The present values of some colours out of tokens.css, for what is drawn without CSS. They are read when the theme
 * changes, and not with each drawing: reading makes the browser work out its styles at once.
 */
export function useColours(names: readonly string[]): string {
  const [colours, setColours] = useState(() => readColours(names));
  useEffect(() => {
    const update = () => setColours(readColours(names));
    update();
    const observer = new MutationObserver(update);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  }, [names]);
  return colours;
}

/** The colours of the heat maps' scale as text, from nothing to the most. */
export function useHeatStops(): string {
  return useColours(STOPS);
}

type Colour = readonly [red: number, green: number, blue: number];

/** What `useHeatStops` gives, as some shades from nothing to the most. */
export function heatColours(stops: string, count = SHADES): readonly Colour[] {
  const colours = stops.split(" ").map(readColour);
  return Array.from({ length: count }, (_, shade) => {
    const position = (shade / (count - 1)) * (colours.length - 1);
    const low = Math.min(Math.floor(position), Math.max(0, colours.length - 2));
    const from = colours[low] ?? BLACK;
    const to = colours[low + 1] ?? from;
    const between = (part: 0 | 1 | 2) => Math.round(from[part] + (to[part] - from[part]) * (position - low));
    return [between(0), between(1), between(2)];
  });
}

/** The same as 32-bit pixels in memory order: red, green, blue, opacity. */
export function heatShades(stops: string): Uint32Array {
  const colours = heatColours(stops);
  return new Uint32Array(Uint8ClampedArray.from(colours.flatMap((colour) => [...colour, 255])).buffer);
}

const BLACK: Colour = [0, 0, 0];

/** "#1b4a8f" in three numbers; black for anything else. */
function readColour(text: string): Colour {
  const number = Number.parseInt(text.slice(1), 16);
  if (!/^#[0-9a-f]{6}$/i.test(text)) return BLACK;
  return [number >> 16, (number >> 8) & 255, number & 255];
}
