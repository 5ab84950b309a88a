import { type ChangeEvent, useCallback, useEffect, useRef, useState } from "react";

/** So long after the last key what was written is kept, without waiting for the field to be left. */
const KEPT_AFTER_MS = 600;

/** A text field's value while it is written, kept when the writer pauses, leaves the field, or the field itself goes. */
export function useDraft(value: string, keep: (text: string) => void) {
  const [draft, setDraft] = useState<string | null>(null);
  const pending = useRef<string | null>(null);
  const keeper = useRef(keep);
  keeper.current = keep;

  const settle = useCallback(() => {
    const text = pending.current;
    pending.current = null;
    if (text !== null) keeper.current(text);
  }, []);

  useEffect(() => {
    if (draft === null) return;
    const timer = setTimeout(settle, KEPT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, settle]);
  useEffect(() => settle, [settle]);

  return {
    value: draft ?? value,
    onChange(event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) {
      pending.current = event.target.value;
      setDraft(event.target.value);
    },
    onBlur() {
      settle();
      setDraft(null);
    },
  };
}
