import { useState } from "react";
import { applyChanges, getAt } from "../../../scenario/paths";
import type { Scenario } from "../../../scenario/types";
import type { ComparedScenario, CompareQuestion } from "../../../study/question-types";
import { Button } from "../../controls/Button";
import { Pencil, Plus, Trash2 } from "../../controls/icons";
import { changeText } from "../../shell/change";
import { useControlWords } from "../../shell/parameters";
import { ReplicationsEntry } from "../fields";
import { ColumnSource } from "./ColumnSource";
import styles from "./forms.module.css";

interface CompareFormProps {
  readonly question: CompareQuestion;
  readonly onChange: (question: CompareQuestion) => void;
  readonly scenario: Scenario;
}

const MOST_OTHERS = 3;
const LETTERS = ["A", "B", "C", "D"];

/** The scenario at hand, and up to three beside it. */
export function CompareForm({ question, onChange, scenario }: CompareFormProps) {
  const { others } = question;
  const set = (next: readonly ComparedScenario[]) => onChange({ ...question, others: next });
  return (
    <div className={styles.block}>
      <div className={styles.axes}>
        <div className={styles.axis}>
          <div className={styles.columnHead}>
            <span className={styles.letter}>A</span>
            <span className={styles.name}>{scenario.name || "Unnamed scenario"}</span>
          </div>
          <p className={styles.note}>The scenario as it is</p>
        </div>
        {others.map((other, place) => (
          <OtherColumn
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            key={place}
            letter={LETTERS[place + 1] ?? ""}
            other={other}
            base={scenario}
            onChange={(next) => set(others.with(place, next))}
            onRemove={others.length > 1 ? () => set(others.toSpliced(place, 1)) : null}
          />
        ))}
      </div>
      <div className={styles.row}>
        {others.length < MOST_OTHERS && (
          <ColumnSource base={scenario} onAdd={(column) => set([...others, column])} />
        )}
        <ReplicationsEntry
          value={question.replications}
          onChange={(replications) => onChange({ ...question, replications })}
        />
      </div>
    </div>
  );
}

interface OtherColumnProps {
  readonly letter: string;
  readonly other: ComparedScenario;
  readonly base: Scenario;
  readonly onChange: (other: ComparedScenario) => void;
  /** null: the last one stays. */
  readonly onRemove: (() => void) | null;
}

function OtherColumn({ letter, other, base, onChange, onRemove }: OtherColumnProps) {
  const { changesBetween, parametersOf, SettingEditor } = useControlWords();
  const [isEditing, setEditing] = useState(false);
  const entries = Object.entries(other.changes);
  const asChanges = entries.map(([path, value]) => ({ path, value }));
  const applied = applyChanges(base, asChanges);
  const words = changesBetween(base, applied.scenario);

  function setEntry(place: number, path: string, value: unknown): string | null {
    const next = entries.with(place, [path, value]);
    const result = applyChanges(
      base,
      next.map(([at, to]) => ({ path: at, value: to })),
    );
    if (!result.ok) return result.problems[0]?.sentence ?? "This cannot stand.";
    onChange({ ...other, changes: Object.fromEntries(next) });
    return null;
  }

  function addEntry() {
    const free = parametersOf(base)
      .flatMap(({ parameters }) => parameters)
      .find(({ path }) => !Object.hasOwn(other.changes, path));
    if (free === undefined) return;
    onChange({ ...other, changes: { ...other.changes, [free.path]: getAt(base, free.path) ?? null } });
  }

  return (
    <div className={styles.axis}>
      <div className={styles.columnHead}>
        <span className={styles.letter}>{letter}</span>
        <input
          className={styles.text}
          aria-label={`Name of scenario ${letter}`}
          value={other.name}
          maxLength={100}
          onChange={({ target }) => onChange({ ...other, name: target.value })}
        />
        <Button
          look="quiet"
          aria-label={`Edit the changes of scenario ${letter}`}
          aria-expanded={isEditing}
          onClick={() => setEditing(!isEditing)}
        >
          <Pencil size={15} aria-hidden />
        </Button>
        {onRemove !== null && (
          <Button look="quiet" aria-label={`Remove scenario ${letter}`} onClick={onRemove}>
            <Trash2 size={15} aria-hidden />
          </Button>
        )}
      </div>
      {!applied.ok && (
        <p className={styles.problem} role="alert">
          {applied.problems[0]?.sentence}
        </p>
      )}
      <ul className={styles.changes}>
        {words.slice(0, MOST_WORDS).map((change) => (
          <li key={change.subject}>{changeText(change)}</li>
        ))}
        {words.length > MOST_WORDS && <li>and {words.length - MOST_WORDS} more</li>}
        {words.length === 0 && <li>No change yet</li>}
      </ul>
      {isEditing && (
        <div className={styles.editor}>
          {entries.slice(0, MOST_EDITED).map(([path, value], place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a change keeps its place while its path is chosen
            <div className={styles.change} key={place}>
              <SettingEditor
                path={path}
                value={value}
                onChange={(nextPath, next) => setEntry(place, nextPath, next)}
              />
              <Button
                look="quiet"
                className={styles.takeBack}
                onClick={() =>
                  onChange({ ...other, changes: Object.fromEntries(entries.toSpliced(place, 1)) })
                }
              >
                Take this change back
              </Button>
            </div>
          ))}
          {entries.length < MOST_EDITED && (
            <Button onClick={addEntry}>
              <Plus size={15} aria-hidden />
              Another change
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

const MOST_WORDS = 6;
const MOST_EDITED = 8;
