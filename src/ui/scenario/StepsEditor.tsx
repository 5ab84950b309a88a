import { useState } from "react";
import type { QueryStep, Step } from "../../scenario/types";
import { Button } from "../controls/Button";
import { IconButton } from "../controls/IconButton";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "../controls/icons";
import { NumberField } from "../controls/NumberField";
import type { QuantityRules } from "../controls/quantity";
import { SegmentedField } from "../controls/SegmentedField";
import { SelectField } from "../controls/SelectField";
import { useSession } from "../shell/session-context";
import { Term } from "../shell/Term";
import { anyField } from "./all-fields";
import { DurationEditor } from "./DurationEditor";
import { FieldRow, idsOf } from "./FieldRow";
import styles from "./StepsEditor.module.css";
import { useShownItem } from "./shown";
import { type StepsChange, stepAdded, stepMoved, stepRemoved, stepsChanges } from "./steps";
import { useField } from "./use-field";

const DEFINITION = anyField("steps");
const IDS = idsOf(DEFINITION.id);

const KINDS = [
  { value: "query", label: "Query" },
  { value: "cpu", label: "Processor" },
  { value: "wait", label: "Other waiting" },
];
const ACCESS = [
  { value: "read", label: "Reads" },
  { value: "write", label: "Writes" },
];

/** More than one is an N+1: the same query again and again. */
const COUNT_RULES: QuantityRules = { unit: "count", minimum: 1, maximum: 10_000, integer: true };

function newStep(kind: string, ms: Step["ms"]): Step {
  if (kind === "query") return { kind, ms, cpuMs: 0, count: 1, access: "read" };
  return kind === "cpu" ? { kind, ms } : { kind: "wait", ms };
}

interface QueryFieldsProps {
  readonly name: string;
  readonly step: QueryStep;
  /** Applies a change; a sentence comes back where it was refused. */
  readonly onChange: (change: object) => string | null;
}

/** What only queries have: how often in a row, reading or writing, and their part of processor time. */
function QueryFields({ name, step, onChange }: QueryFieldsProps) {
  return (
    <>
      <span className={styles.count}>
        <Term name="nPlusOne">Times in a row</Term>
        <NumberField
          value={step.count}
          rules={COUNT_RULES}
          step={1}
          onCommit={(count) => onChange({ count })}
          label={`${name}: times in a row`}
        />
      </span>
      <SegmentedField
        label={`${name}: access`}
        value={step.access}
        options={ACCESS}
        onChange={(access) => onChange({ access })}
      />
      <span className={styles.part}>
        <Term name="processorSharing">Of which database processor</Term>
      </span>
      <DurationEditor
        name={`${name}, processor`}
        duration={step.cpuMs}
        onChange={(cpuMs) => onChange({ cpuMs })}
      />
    </>
  );
}

interface StepRowProps {
  readonly step: Step;
  readonly position: number;
  readonly count: number;
  /** Applies a change to this step; a sentence comes back where it was refused. */
  readonly onChange: (change: object) => string | null;
  readonly onKind: (kind: string) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

function StepRow({ step, position, count, onChange, onKind, onMove, onRemove }: StepRowProps) {
  const name = `Step ${position + 1}`;
  return (
    <li className={styles.step}>
      <div className={styles.head}>
        <span className={styles.number}>{position + 1}</span>
        <SelectField value={step.kind} groups={KINDS} onChange={onKind} label={`${name}: kind`} />
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
            disabled={position === count - 1}
            onClick={() => onMove(position + 1)}
          >
            <ArrowDown size={14} aria-hidden />
          </IconButton>
          <IconButton
            className={styles.action}
            label={`Remove step ${position + 1}`}
            disabled={count === 1}
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
        onChange={(ms) => onChange({ ms })}
      />
      {step.kind === "query" && <QueryFields name={`${name}, query`} step={step} onChange={onChange} />}
    </li>
  );
}

/** What a request does, step by step: change, add, remove, reorder. */
export function StepsEditor() {
  const session = useSession();
  const { name, steps } = useShownItem("endpoints");
  const { isChanged, apply, reset } = useField(DEFINITION.path);
  const [refusal, setRefusal] = useState<string | null>(null);

  // A step has no name of its own: its place is what it is, until steps come or go.
  const rows = steps.map((step, position) => ({ step, position, key: `${position} of ${steps.length}` }));

  function restructure(change: StepsChange) {
    const { scenario } = session.scenario.getState();
    const problems = session.applyChanges(stepsChanges(scenario, name, change));
    setRefusal(problems[0]?.sentence ?? null);
  }

  function changeStep(position: number, change: object): string | null {
    return apply(steps.map((step, other) => (other === position ? { ...step, ...change } : step)));
  }

  return (
    <FieldRow definition={DEFINITION} isChanged={isChanged} onReset={reset} problem={refusal}>
      <ol className={styles.list}>
        {rows.map(({ key, step, position }) => (
          <StepRow
            key={key}
            step={step}
            position={position}
            count={steps.length}
            onChange={(change) => changeStep(position, change)}
            onKind={(kind) => setRefusal(apply(steps.with(position, newStep(kind, step.ms))))}
            onMove={(to) => restructure(stepMoved(steps, position, to))}
            onRemove={() => restructure(stepRemoved(steps, position))}
          />
        ))}
      </ol>
      <div className={styles.add}>
        <Button onClick={() => restructure(stepAdded(steps, newStep("query", 100)))}>
          <Plus size={14} aria-hidden />
          Query
        </Button>
        <Button onClick={() => restructure(stepAdded(steps, newStep("cpu", 40)))}>
          <Plus size={14} aria-hidden />
          Processor
        </Button>
        <Button onClick={() => restructure(stepAdded(steps, newStep("wait", 100)))}>
          <Plus size={14} aria-hidden />
          Waiting
        </Button>
      </div>
    </FieldRow>
  );
}
