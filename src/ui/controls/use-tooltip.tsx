import {
  type CSSProperties,
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import { HAS_TOP_LAYER, placeBeside } from "./place-beside";

/** How long the pointer rests before a tooltip opens, and how long it may be away from it before it closes. */
const OPEN_AFTER_MS = 350;
const CLOSE_AFTER_MS = 120;
const PLACING = { side: "above", align: "centre", gap: 6 } as const;

/** One at a time: what closes the tooltip that is open; null where none is. */
let closeOpen: (() => void) | null = null;

interface Tooltip {
  readonly isOpen: boolean;
  /** Opens it at once, as a tap does. */
  readonly open: () => void;
  /** For the element it belongs to. */
  readonly triggerProps: {
    readonly onPointerEnter: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerLeave: () => void;
    readonly onFocusCapture: (event: FocusEvent<HTMLElement>) => void;
    readonly onBlurCapture: () => void;
    readonly onPointerDownCapture: () => void;
  };
  /** The element's description for people who hear the page; there while it is open. */
  readonly id: string;
  readonly element: ReactNode;
}

/**
 * A few words that hovering or focusing an element shows. It closes on Escape, on scrolling and when both pointer and
 * focus are gone, stays while the pointer is on it, and stands above everything, dialogs included. While its content is
 * null it is not there yet.
 */
export function useTooltip(content: ReactNode, className: string | undefined): Tooltip {
  const [trigger, setTrigger] = useState<HTMLElement | null>(null);
  const [place, setPlace] = useState<CSSProperties>({});
  const element = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  const isKnown = content !== null;

  const close = useCallback(() => {
    clearTimeout(timer.current);
    setTrigger(null);
  }, []);

  function show(target: HTMLElement | null) {
    clearTimeout(timer.current);
    setTrigger(target);
  }

  function closeSoon() {
    clearTimeout(timer.current);
    timer.current = setTimeout(close, CLOSE_AFTER_MS);
  }

  useEffect(() => close, [close]);

  useLayoutEffect(() => {
    if (trigger === null || !isKnown || element.current === null) return;
    closeOpen?.();
    closeOpen = close;
    if (HAS_TOP_LAYER) element.current.showPopover();
    setPlace(placeBeside(element.current, trigger.getBoundingClientRect(), PLACING));
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    document.addEventListener("keydown", onKeyDown, true);
    document.addEventListener("scroll", close, true);
    return () => {
      if (closeOpen === close) closeOpen = null;
      document.removeEventListener("keydown", onKeyDown, true);
      document.removeEventListener("scroll", close, true);
    };
  }, [trigger, isKnown, close]);

  return {
    isOpen: trigger !== null && isKnown,
    open: () => show(last.current),
    id,
    triggerProps: {
      onPointerEnter: (event) => {
        last.current = event.currentTarget;
        if (event.pointerType === "touch") return;
        const target = event.currentTarget;
        clearTimeout(timer.current);
        // Going along a row of buttons, the next one opens at once.
        timer.current = setTimeout(() => show(target), closeOpen === null ? OPEN_AFTER_MS : 0);
      },
      onPointerLeave: closeSoon,
      onFocusCapture: (event) => {
        last.current = event.currentTarget;
        if (event.target.matches(":focus-visible")) show(event.currentTarget);
      },
      onBlurCapture: close,
      onPointerDownCapture: close,
    },
    element:
      trigger !== null &&
      isKnown &&
      createPortal(
        <div
          ref={element}
          id={id}
          className={className}
          role="tooltip"
          {...(HAS_TOP_LAYER ? { popover: "manual" } : {})}
          style={place}
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={closeSoon}
        >
          {content}
        </div>,
        document.body,
      ),
  };
}
