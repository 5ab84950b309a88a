import type { CSSProperties } from "react";

/** The least distance to the window's edge, in CSS pixels. */
const MARGIN = 8;

interface Placing {
  /** Where it goes if there is room; else to the other side. */
  readonly side: "above" | "below";
  readonly align: "start" | "centre" | "end";
  /** Distance to what it belongs to, in CSS pixels. */
  readonly gap: number;
}

/** Where something that floats stands beside what it belongs to: never over the window's edge. */
export function placeBeside(
  floating: HTMLElement,
  anchor: DOMRect,
  { side, align, gap }: Placing,
): CSSProperties {
  const { offsetWidth: width, offsetHeight: height } = floating;
  const { clientWidth, clientHeight } = document.documentElement;
  const above = anchor.top - gap - height;
  const below = anchor.bottom + gap;
  const fitsAbove = above >= MARGIN;
  const fitsBelow = below + height <= clientHeight - MARGIN;
  const isAbove = side === "above" ? fitsAbove || !fitsBelow : fitsAbove && !fitsBelow;
  const start = {
    start: anchor.left,
    centre: anchor.left + (anchor.width - width) / 2,
    end: anchor.right - width,
  };
  return {
    position: "fixed",
    // The browser's own layer centres what is in it unless told otherwise.
    inset: "auto",
    insetBlockStart: isAbove ? Math.max(MARGIN, above) : below,
    insetInlineStart: Math.max(MARGIN, Math.min(start[align], clientWidth - MARGIN - width)),
  };
}

/** Whether the browser can put an element above everything else on the page, open dialogs too. */
export const HAS_TOP_LAYER = "showPopover" in HTMLElement.prototype;
