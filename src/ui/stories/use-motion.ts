import { useLayoutEffect, useState } from "react";

/** How long a change is on its way. */
const LENGTH_MS = 600;

/** Whether the reader wants things to move. */
function mayMove(): boolean {
  return window.matchMedia("(prefers-reduced-motion: no-preference)").matches;
}

/**
 * How far something is on its way, from 0 to 1, since the component came: slowly at both ends. Where nothing may move it is there
 * at once. What it moves through stands on the page's root meanwhile, so that other parts can move along.
 */
export function useMotion(parts: readonly string[]): number {
  const [share, setShare] = useState(() => (parts.length > 0 && mayMove() ? 0 : 1));
  const isMoving = share < 1;
  const moving = parts.join(" ");

  useLayoutEffect(() => {
    if (!isMoving) return;
    const root = document.documentElement;
    root.dataset.stepping = moving;
    return () => {
      delete root.dataset.stepping;
    };
  }, [isMoving, moving]);

  useLayoutEffect(() => {
    if (!isMoving) return;
    let frame = 0;
    let startMs: number | null = null;
    const next = (nowMs: number) => {
      startMs ??= nowMs;
      const elapsed = Math.min(1, (nowMs - startMs) / LENGTH_MS);
      setShare(elapsed ** 2 * (3 - 2 * elapsed));
      if (elapsed < 1) frame = requestAnimationFrame(next);
    };
    frame = requestAnimationFrame(next);
    return () => cancelAnimationFrame(frame);
  }, [isMoving]);

  return share;
}
