import { useState } from "react";
import { Button } from "../controls/Button";
import { IconButton } from "../controls/IconButton";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "../controls/icons";
import { SegmentedField } from "../controls/SegmentedField";
import { SelectField } from "../controls/SelectField";
import { useScenario, useSession } from "../shell/session-context";
import { anyField } from "./all-fields";
import { FieldRow, idsOf } from "./FieldRow";
import styles from "./SendsControl.module.css";
import { SharesEditor } from "./SharesEditor";
import { sharesOf } from "./shares";
import { useShownItem, useShownPath } from "./shown";
import { useField } from "./use-field";

const DEFINITION = anyField("sends");
const IDS = idsOf(DEFINITION.id);
const WAYS = [
  { value: "mix", label: "By share" },
  { value: "journey", label: "A journey" },
];

interface JourneyEditorProps {
  readonly journey: readonly string[];
  readonly names: readonly string[];
  readonly onChange: (journey: readonly string[]) => void;
}

function moved(journey: readonly string[], from: number, to: number): readonly string[] {
  const name = journey[from];
  return name === undefined ? journey : journey.toSpliced(from, 1).toSpliced(to, 0, name);
}

/** The endpoints of a visit, in order: change, add, remove, reorder. */
function JourneyEditor({ journey, names, onChange }: JourneyEditorProps) {
  // A stop has no name of its own: its place is what it is, until stops come or go.
  const rows = journey.map((name, position) => ({ name, position, key: `${position} of ${journey.length}` }));
  const options = names.map((name) => ({ value: name, label: name }));
  return (
    <>
      <ol className={styles.journey}>
        {rows.map(({ name, position, key }) => (
          <li className={styles.stop} key={key}>
            <span className={styles.number}>{position + 1}</span>
            <SelectField
              value={name}
              groups={options}
              onChange={(next) => onChange(journey.with(position, next))}
              label={`Request ${position + 1} of the journey`}
            />
            <span className={styles.actions}>
              <IconButton
                className={styles.action}
                label={`Move request ${position + 1} up`}
                disabled={position === 0}
                onClick={() => onChange(moved(journey, position, position - 1))}
              >
                <ArrowUp size={14} aria-hidden />
              </IconButton>
              <IconButton
                className={styles.action}
                label={`Move request ${position + 1} down`}
                disabled={position === journey.length - 1}
                onClick={() => onChange(moved(journey, position, position + 1))}
              >
                <ArrowDown size={14} aria-hidden />
              </IconButton>
              <IconButton
                className={styles.action}
                label={`Remove request ${position + 1}`}
                disabled={journey.length === 1}
                onClick={() => onChange(journey.toSpliced(position, 1))}
              >
                <Trash2 size={14} aria-hidden />
              </IconButton>
            </span>
          </li>
        ))}
      </ol>
      <Button className={styles.add} onClick={() => onChange([...journey, journey.at(-1) ?? names[0] ?? ""])}>
        <Plus size={14} aria-hidden />
        Request
      </Button>
    </>
  );
}

/** What a workload sends: endpoints by their share, or one after the other as a visit. */
export function SendsControl() {
  const session = useSession();
  const { isChanged, apply, reset } = useField(DEFINITION.path);
  const workload = useShownItem("workloads");
  const path = useShownPath("workloads.*");
  const names = useScenario(({ scenario }) => scenario.endpoints).map(({ name }) => name);
  const [refusal, setRefusal] = useState<string | null>(null);
  if (workload.kind === "replay") return null;
  const { mix = {}, journey } = workload;

  function change(way: string) {
    const [journeyNow, mixNow] =
      way === "journey" ? [Object.keys(mix), null] : [null, sharesOf(journey ?? [])];
    const problems = session.applyChanges([
      { path: `${path}.journey`, value: journeyNow },
      { path: `${path}.mix`, value: mixNow },
    ]);
    setRefusal(problems[0]?.sentence ?? null);
  }

  function explanation(): string {
    if (journey !== undefined) return "A visit sends these one after the other, thinking in between";
    return names.length === 1 ? `Every request is for ${names[0]}` : "How often each endpoint is asked for";
  }

  return (
    <FieldRow
      definition={DEFINITION}
      isChanged={isChanged}
      onReset={reset}
      explanation={explanation()}
      problem={refusal}
    >
      <SegmentedField
        id={IDS.control}
        label="What it sends"
        value={journey === undefined ? "mix" : "journey"}
        options={WAYS}
        onChange={change}
      />
      {journey === undefined && names.length > 1 && (
        <SharesEditor
          id={`${IDS.control}-share`}
          names={names}
          shares={mix}
          onChange={apply}
          label="Share of requests"
        />
      )}
      {journey !== undefined && (
        <JourneyEditor
          journey={journey}
          names={names}
          onChange={(next) => setRefusal(session.edit(`${path}.journey`, next)[0]?.sentence ?? null)}
        />
      )}
    </FieldRow>
  );
}
