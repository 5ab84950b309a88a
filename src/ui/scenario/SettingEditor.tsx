import { type ReactNode, useId, useMemo, useState } from "react";
import { getAt } from "../../scenario/paths";
import type { Duration } from "../../scenario/types";
import { formatValue, parseValue } from "../../share/value-text";
import { Button } from "../controls/Button";
import { NumberField } from "../controls/NumberField";
import { SelectField } from "../controls/SelectField";
import { SwitchField } from "../controls/SwitchField";
import type { SettingEditorProps } from "../shell/parameters";
import { useScenario } from "../shell/session-context";
import { DurationEditor } from "./DurationEditor";
import { rulesOf } from "./fields";
import styles from "./SettingEditor.module.css";
import { type Setting, settingsOf } from "./settings";

/** What the list says for a place that no control shows. */
const OTHER = "";

/** Chooses a setting of the scenario by the name of its control, and a value for it; or any place there is, by its path. */
export default function SettingEditor({ path, value, onChange }: SettingEditorProps) {
  const scenario = useScenario((state) => state.scenario);
  const groups = useMemo(() => settingsOf(scenario), [scenario]);
  const known = groups.flatMap(({ settings }) => settings).find((setting) => setting.path === path);
  const [isByPath, setByPath] = useState(known === undefined);
  // A size of one's own has no place in a list.
  const isTooLong = typeof value === "object" && value !== null && known?.definition.kind !== "duration";
  const setting = isByPath || isTooLong ? undefined : known;
  const id = useId();

  function choose(next: string) {
    setByPath(next === OTHER);
    if (next !== OTHER) onChange(next, getAt(scenario, next) ?? null);
  }

  return (
    <>
      <Row
        label="Setting"
        id={`${id}-setting`}
        hint={setting?.definition.explanation ?? "Any place in the document"}
      >
        <SelectField
          value={setting?.path ?? OTHER}
          groups={[
            ...groups.map(({ title, settings }) => ({
              label: title,
              options: settings.map((one) => ({ value: one.path, label: one.label })),
            })),
            { value: OTHER, label: "By its path…" },
          ]}
          onChange={choose}
          labelledBy={`${id}-setting`}
        />
      </Row>
      {setting === undefined ? (
        <PathForm key={`${path} ${formatValue(value)}`} {...{ path, value, onChange }} />
      ) : (
        <ValueRow setting={setting} value={value} onChange={(next) => onChange(setting.path, next)} />
      )}
    </>
  );
}

interface RowProps {
  readonly label: string;
  readonly id: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

function Row({ label, id, hint, children }: RowProps) {
  return (
    <div className={styles.row}>
      <span className={styles.label} id={id}>
        {label}
      </span>
      {children}
      {hint !== undefined && <span className={styles.hint}>{hint}</span>}
    </div>
  );
}

interface ValueRowProps {
  readonly setting: Setting;
  readonly value: unknown;
  readonly onChange: (value: unknown) => string | null;
}

function ValueRow({ setting, value, onChange }: ValueRowProps) {
  const { definition, options } = setting;
  const id = useId();
  const nullable = "nullable" in definition ? definition.nullable : undefined;
  return (
    <Row label="New value" id={id}>
      <span className={styles.value}>
        {nullable !== undefined && (
          <>
            {value === null && <span className={styles.hint}>{nullable.whenNull}</span>}
            <SwitchField
              checked={value !== null}
              onChange={(isOn) => onChange(isOn ? nullable.startWith : null)}
              label={`${definition.label}: ${value === null ? nullable.whenNull : "limited"}`}
            />
          </>
        )}
        {definition.kind === "number" && typeof value === "number" && (
          <NumberField
            value={value}
            rules={rulesOf(definition)}
            step={definition.step}
            onCommit={onChange}
            labelledBy={id}
          />
        )}
        {definition.kind === "switch" && (
          <SwitchField checked={value === true} onChange={onChange} labelledBy={id} />
        )}
        {options !== null && (
          <SelectField value={String(value)} groups={options} onChange={onChange} labelledBy={id} />
        )}
        {definition.kind === "duration" && value !== null && (
          <DurationEditor name="New value" duration={value as Duration} onChange={onChange} />
        )}
      </span>
    </Row>
  );
}

/** For what has no control, or none with a simple value: a path and a value as they stand in a link. */
function PathForm({ path, value, onChange }: SettingEditorProps) {
  const [written, setWritten] = useState({ path, value: formatValue(value) });
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const field = (name: "path" | "value", label: string) => (
    <Row label={label} id={`${id}-${name}`}>
      <input
        className={styles.text}
        value={written[name]}
        onChange={({ target }) => setWritten({ ...written, [name]: target.value })}
        aria-labelledby={`${id}-${name}`}
        aria-describedby={`${id}-problem`}
        autoComplete="off"
        spellCheck={false}
      />
    </Row>
  );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(onChange(written.path.trim(), parseValue(written.value.trim())));
      }}
    >
      {field("path", "Path")}
      {field("value", "New value")}
      <p className={styles.hint} id={`${id}-problem`}>
        {problem === null ? (
          "Both as they stand in a link: fleets.web.boot.preboot and true, or exponential(500)"
        ) : (
          <span className={styles.problem} role="alert">
            {problem}
          </span>
        )}
      </p>
      <Button type="submit" className={styles.apply}>
        Apply
      </Button>
    </form>
  );
}
