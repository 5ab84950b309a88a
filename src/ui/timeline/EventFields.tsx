import type { Scenario, TimelineEntry } from "../../scenario/types";
import { NumberField } from "../controls/NumberField";
import { SelectField } from "../controls/SelectField";
import { SwitchField } from "../controls/SwitchField";
import { EditorRow } from "./EditorRow";
import { DYNOS, FACTOR, SECONDS } from "./entry-rules";

interface EventFieldsProps {
  readonly entry: TimelineEntry;
  readonly scenario: Scenario;
  /** Applies a field's value; a sentence comes back where it was refused. */
  readonly onEdit: (field: string, value: unknown) => string | null;
}

interface NumberRowProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: number;
  readonly rules: typeof SECONDS | typeof DYNOS | typeof FACTOR;
  readonly onCommit: (value: number) => string | null;
}

function NumberRow({ label, hint = "", value, rules, onCommit }: NumberRowProps) {
  return (
    <EditorRow label={label} hint={hint}>
      {(ids) => <NumberField value={value} rules={rules} step={1} onCommit={onCommit} {...ids} />}
    </EditorRow>
  );
}

/** The fields that an entry of its kind has, but for its time and what it sets. */
export function EventFields({ entry, scenario, onEdit }: EventFieldsProps) {
  return (
    <>
      {"fleet" in entry && scenario.fleets.length > 1 && (
        <EditorRow label="Fleet">
          {(ids) => (
            <SelectField
              value={entry.fleet}
              groups={scenario.fleets.map(({ name }) => ({ value: name, label: name }))}
              onChange={(name) => onEdit("fleet", name)}
              {...ids}
            />
          )}
        </EditorRow>
      )}
      {"count" in entry && (
        <NumberRow
          label="Dynos"
          hint={`Of ${dynosOf(scenario, entry.fleet)} at the start`}
          value={entry.count}
          rules={DYNOS}
          onCommit={(count) => onEdit("count", count)}
        />
      )}
      {entry.do === "killDyno" && <KillFields entry={entry} scenario={scenario} onEdit={onEdit} />}
      {entry.do === "slowDyno" && (
        <>
          <NumberRow
            label="Times as slow"
            hint="All that a request does there takes this many times as long"
            value={entry.factor}
            rules={FACTOR}
            onCommit={(factor) => onEdit("factor", factor)}
          />
          <NumberRow
            label="For"
            value={entry.forS}
            rules={SECONDS}
            onCommit={(forS) => onEdit("forS", forS)}
          />
        </>
      )}
      {entry.do === "restartDatabase" && (
        <NumberRow
          label="Down for"
          value={entry.downS}
          rules={SECONDS}
          onCommit={(downS) => onEdit("downS", downS)}
        />
      )}
    </>
  );
}

function dynosOf({ fleets }: Scenario, fleet: string): number {
  return fleets.find(({ name }) => name === fleet)?.dynos ?? 0;
}

interface KillFieldsProps extends EventFieldsProps {
  readonly entry: Extract<TimelineEntry, { do: "killDyno" }>;
}

function KillFields({ entry, scenario, onEdit }: KillFieldsProps) {
  const bootS = scenario.fleets.find(({ name }) => name === entry.fleet)?.boot.bootS ?? 0;
  return (
    <>
      <EditorRow
        label="Stop gracefully"
        hint={
          entry.graceful
            ? "It takes nothing new and ends when its requests are answered"
            : "It ends at once, with the requests it serves"
        }
      >
        {(ids) => (
          <SwitchField checked={entry.graceful} onChange={(isOn) => onEdit("graceful", isOn)} {...ids} />
        )}
      </EditorRow>
      <EditorRow label="Comes back" hint={entry.backAfterS === null ? "Never: the fleet stays smaller" : ""}>
        {(ids) => (
          <SwitchField
            checked={entry.backAfterS !== null}
            onChange={(isOn) => onEdit("backAfterS", isOn ? bootS : null)}
            {...ids}
          />
        )}
      </EditorRow>
      {entry.backAfterS !== null && (
        <NumberRow
          label="Back after"
          hint="Until it serves again, its boot included"
          value={entry.backAfterS}
          rules={SECONDS}
          onCommit={(backAfterS) => onEdit("backAfterS", backAfterS)}
        />
      )}
    </>
  );
}
