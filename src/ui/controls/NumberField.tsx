import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { NOTHING_TYPED } from "../shell/shortcuts";
import styles from "./NumberField.module.css";
import { formatQuantity, parseQuantity, type QuantityRules, UNITS } from "./quantity";

interface NumberFieldProps {
  readonly value: number;
  readonly rules: QuantityRules;
  /** What an arrow key adds, in the document's unit; with Shift ten times as much. */
  readonly step: number;
  /** Applies a value; a sentence comes back where it was refused, and the text is kept beside it. */
  readonly onCommit: (value: number) => string | null;
  readonly id?: string;
  readonly label?: string;
  readonly labelledBy?: string;
  readonly describedBy?: string;
  readonly disabled?: boolean;
  /**
   * Told why the text can't be applied, and null when that is over: the caller then shows it, in the element that
   * `describedBy` names. Without it the field shows it in a bubble of its own.
   */
  readonly onError?: (sentence: string | null) => void;
}

interface Draft {
  readonly text: string;
  /** Why the text can't be applied; null while it is being typed. */
  readonly error: string | null;
  /** The value when typing began: a change from elsewhere (undo, a preset) drops the draft. */
  readonly over: number;
}

function clamp(value: number, { minimum, maximum }: QuantityRules): number {
  return Math.min(maximum, Math.max(minimum, value));
}

/**
 * An exact number with its unit. Understands `2k`, `500ms`, `1.5s` and `1,000`; text that it does not understand
 * is kept, marked and explained, and never applied. Enter or leaving the field applies, Escape goes back.
 */
export function NumberField(props: NumberFieldProps) {
  const {
    value,
    rules,
    step,
    onCommit,
    id,
    label,
    labelledBy,
    describedBy,
    onError,
    disabled = false,
  } = props;
  const [storedDraft, setDraft] = useState<Draft | null>(null);
  const errorId = useId();
  const draft = storedDraft !== null && Object.is(storedDraft.over, value) ? storedDraft : null;
  const error = draft?.error ?? null;
  const { suffix } = UNITS[rules.unit];
  const bubble = onError === undefined ? error : null;

  useEffect(() => onError?.(error), [onError, error]);

  function apply(text: string, next: number) {
    const refusal = Object.is(next, value) ? null : onCommit(next);
    setDraft(refusal === null ? null : { text, error: refusal, over: value });
  }

  function commit() {
    if (draft === null) return;
    const parsed = parseQuantity(draft.text, rules);
    if (parsed.ok) apply(draft.text, parsed.value);
    else setDraft({ ...draft, error: parsed.sentence });
  }

  function move(event: KeyboardEvent, direction: 1 | -1) {
    event.preventDefault();
    const parsed = draft === null ? null : parseQuantity(draft.text, rules);
    const from = parsed?.ok === true ? parsed.value : value;
    const distance = direction * step * (event.shiftKey ? 10 : 1);
    const next = clamp(Number((from + distance).toPrecision(12)), rules);
    apply(formatQuantity(next, rules.unit), next);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter") commit();
    else if (event.key === "ArrowUp") move(event, 1);
    else if (event.key === "ArrowDown") move(event, -1);
    else if (event.key === "Escape" && draft !== null) {
      event.stopPropagation();
      setDraft(null);
    }
  }

  return (
    <span className={styles.field} data-invalid={error !== null || undefined}>
      <span className={styles.box}>
        {suffix === "$" && <span className={styles.unit}>$</span>}
        <input
          className={styles.input}
          id={id}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          disabled={disabled}
          aria-label={label}
          aria-labelledby={labelledBy}
          aria-describedby={[bubble === null ? "" : errorId, describedBy ?? ""].join(" ").trim() || undefined}
          aria-invalid={error !== null || undefined}
          {...(draft === null ? { [NOTHING_TYPED]: "" } : {})}
          value={draft?.text ?? formatQuantity(value, rules.unit)}
          onChange={(event) => setDraft({ text: event.target.value, error: null, over: value })}
          onKeyDown={onKeyDown}
          onBlur={commit}
        />
        {suffix !== "$" && suffix !== "" && <span className={styles.unit}>{suffix}</span>}
      </span>
      {bubble !== null && (
        <span className={styles.error} id={errorId} role="alert">
          {bubble}
        </span>
      )}
    </span>
  );
}
