import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { meanMs } from "../../scenario/duration-mean";
import type { Step } from "../../scenario/types";
import { Button } from "../controls/Button";
import { IconButton } from "../controls/IconButton";
import { NumberField } from "../controls/NumberField";
import { formatQuantity, type QuantityRules } from "../controls/quantity";
import { SelectField } from "../controls/SelectField";
import { DurationEditor } from "./DurationEditor";
import { FieldRow, idsOf } from "./FieldRow";
import { field } from "./fields";
import styles from "./StepsEditor.module.css";
import { useField } from "./use-field";

const DEFINITION = field("steps");
const IDS = idsOf(DEFINITION.id);

const KINDS = [
  { value: "query", label: "Query" },
  { value: "wait", label: "Other waiting" },
];

/** More than one is an N+1: the same query again and again. */
const COUNT_RULES: QuantityRules = { unit: "count", minimum: 1, maximum: 10_000, integer: true };

const CPU_KIND = { value: "cpu", label: "Processor" };

function newStep(kind: string, ms: Step["ms"]): Step {
  return kind === "query" ? { kind, ms, cpuMs: 0, count: 1, access: "read" } : { kind: "wait", ms };
}

function moved(steps: readonly Step[], from: number, to: number): readonly Step[] {
  const step = steps[from];
  return step === undefined ? steps : steps.toSpliced(from, 1).toSpliced(to, 0, step);
}

interface StepRowProps {
  readonly step: Step;
  readonly position: number;
  readonly isLast: boolean;
  readonly isOnly: boolean;
  readonly onDuration: (ms: unknown) => string | null;
  readonly onCount: (count: number) => string | null;
  readonly onKind: (kind: string) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

function StepRow({
  step,
  position,
  isLast,
  isOnly,
  onDuration,
  onCount,
  onKind,
  onMove,
  onRemove,
}: StepRowProps) {
  const name = `Step ${position + 1}`;
  return (
    <li className={styles.step}>
      <div className={styles.head}>
        <span className={styles.number}>{position + 1}</span>
        <SelectField
          value={step.kind}
          groups={step.kind === "cpu" ? [...KINDS, CPU_KIND] : KINDS}
          onChange={onKind}
          label={`${name}: kind`}
        />
        <span className={styles.actions}>
          <IconButton
            className={styles.action}
            label={`Move step ${position + 1} up`}
            disabled={position === 0}
            onClick={() => onMove(position - 1)}
          >
            <ArrowUp size={14} aria-hidden />
          </IconButton>
          <IconButton
            className={styles.action}
            label={`Move step ${position + 1} down`}
            disabled={isLast}
            onClick={() => onMove(position + 1)}
          >
            <ArrowDown size={14} aria-hidden />
          </IconButton>
          <IconButton
            className={styles.action}
            label={`Remove step ${position + 1}`}
            disabled={isOnly}
            onClick={onRemove}
          >
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </span>
      </div>
      <DurationEditor
        id={position === 0 ? IDS.control : `${IDS.control}-${position}`}
        name={`${name}, ${step.kind}`}
        duration={step.ms}
        onChange={onDuration}
      />
      {step.kind === "query" && (
        <span className={styles.count}>
          <span>Times in a row</span>
          <NumberField
            value={step.count}
            rules={COUNT_RULES}
            step={1}
            onCommit={onCount}
            label={`${name}, query: times in a row`}
          />
        </span>
      )}
    </li>
  );
}

/** What a request does, step by step: change, add, remove, reorder. */
export function StepsEditor() {
  const { value, isChanged, apply, reset } = useField(DEFINITION.path);
  const [refusal, setRefusal] = useState<string | null>(null);
  const steps = value as readonly Step[];
  const total = steps.reduce(
    (sum, step) => sum + (step.kind === "query" ? step.count : 1) * meanMs(step.ms),
    0,
  );

  // A step has no name of its own: its place is what it is, until steps come or go.
  const rows = steps.map((step, position) => ({ step, position, key: `${position} of ${steps.length}` }));

  function replace(next: readonly Step[]) {
    setRefusal(apply(next));
  }

  function applyToStep(position: number, change: object): string | null {
    return apply(steps.map((step, other) => (other === position ? { ...step, ...change } : step)));
  }

  return (
    <FieldRow
      definition={DEFINITION}
      isChanged={isChanged}
      onReset={reset}
      explanation={`${formatQuantity(Number(total.toPrecision(4)), "milliseconds")} ms together, on idle machines`}
    >
      <ol className={styles.list}>
        {rows.map(({ key, step, position }) => (
          <StepRow
            key={key}
            step={step}
            position={position}
            isLast={position === steps.length - 1}
            isOnly={steps.length === 1}
            onDuration={(ms) => applyToStep(position, { ms })}
            onCount={(count) => applyToStep(position, { count })}
            onKind={(kind) => replace(steps.with(position, newStep(kind, step.ms)))}
            onMove={(to) => replace(moved(steps, position, to))}
            onRemove={() => replace(steps.toSpliced(position, 1))}
          />
        ))}
      </ol>
      <div className={styles.add}>
        <Button onClick={() => replace([...steps, newStep("query", 100)])}>
          <Plus size={14} aria-hidden />
          Query
        </Button>
        <Button onClick={() => replace([...steps, newStep("wait", 100)])}>
          <Plus size={14} aria-hidden />
          Waiting
        </Button>
      </div>
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
    </FieldRow>
  );
}
