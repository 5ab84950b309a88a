import { useState } from "react";
import type { Autoscaler, ScalingPolicy } from "../../../scenario/types";
import { Button } from "../../controls/Button";
import { ChevronDown, Plus } from "../../controls/icons";
import { Menu, MenuItem } from "../../controls/Menu";
import menu from "../../controls/Menu.module.css";
import { type NumberRow, NumberRows } from "../NumberRows";
import styles from "./AutoscalerEditor.module.css";
import type { Scaled } from "./metrics";
import { PolicyCard } from "./PolicyCard";
import { newPolicy, policySets } from "./policies";

const SIZE = { unit: "count", minimum: 0, maximum: 10_000, integer: true, step: 1 } as const;

function limits(scaled: Scaled): readonly NumberRow[] {
  return [
    { key: "min", label: `At least, ${scaled}`, ...SIZE },
    { key: "max", label: `At most, ${scaled}`, ...SIZE },
    {
      key: "bootS",
      label: "One serves after",
      unit: "seconds",
      minimum: 0,
      maximum: 1e6,
      integer: false,
      step: 5,
    },
  ];
}

/** Sets of policies that people know; one replaces those there are. */
function SetMenu({
  scaled,
  onChoose,
}: {
  readonly scaled: Scaled;
  readonly onChoose: (policies: readonly ScalingPolicy[]) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Menu
      align="start"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={(props) => (
        <Button {...props}>
          Known policies
          <ChevronDown size={14} aria-hidden />
        </Button>
      )}
    >
      {policySets(scaled).map(({ title, meaning, policies }) => (
        <MenuItem key={title} onSelect={() => onChoose(policies)}>
          <span className={menu.text}>
            <span className={menu.title}>{title}</span>
            <span className={menu.note}>{meaning}</span>
          </span>
        </MenuItem>
      ))}
    </Menu>
  );
}

interface AutoscalerEditorProps {
  readonly autoscaler: Autoscaler;
  readonly scaled: Scaled;
  /** Applies the autoscaler; a sentence comes back where it was refused. */
  readonly onChange: (autoscaler: object) => string | null;
}

/** An autoscaler's limits and policies: change, add, remove, rename, reorder. */
export default function AutoscalerEditor({ autoscaler, scaled, onChange }: AutoscalerEditorProps) {
  const { policies } = autoscaler;
  const [refusal, setRefusal] = useState<string | null>(null);

  function take(next: readonly ScalingPolicy[]): string | null {
    const sentence = onChange({ ...autoscaler, policies: next });
    setRefusal(sentence);
    return sentence;
  }

  function moved(from: number, to: number): readonly ScalingPolicy[] {
    const policy = policies[from];
    return policy === undefined ? policies : policies.toSpliced(from, 1).toSpliced(to, 0, policy);
  }

  return (
    <>
      <NumberRows
        name="Autoscaler"
        rows={limits(scaled)}
        values={{ ...autoscaler }}
        onChange={(key, value) => onChange({ ...autoscaler, [key]: value })}
      />
      <ol className={styles.list}>
        {policies.map((policy, position) => (
          <PolicyCard
            key={policy.name}
            policy={policy}
            scaled={scaled}
            position={position}
            count={policies.length}
            onChange={(next) => take(policies.with(position, next))}
            onMove={(to) => take(moved(position, to))}
            onRemove={() => take(policies.toSpliced(position, 1))}
          />
        ))}
      </ol>
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
      <div className={styles.add}>
        <Button onClick={() => take([...policies, newPolicy("step", scaled, policies)])}>
          <Plus size={14} aria-hidden />
          Step
        </Button>
        <Button onClick={() => take([...policies, newPolicy("target", scaled, policies)])}>
          <Plus size={14} aria-hidden />
          Target
        </Button>
        <SetMenu scaled={scaled} onChoose={take} />
      </div>
    </>
  );
}
