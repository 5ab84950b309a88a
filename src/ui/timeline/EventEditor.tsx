import { type ComponentType, Suspense } from "react";
import { spanText, timeText } from "../../base/run-time";
import { Button } from "../controls/Button";
import { Dialog } from "../controls/Dialog";
import { Trash2 } from "../controls/icons";
import { NumberField } from "../controls/NumberField";
import { eventTitle } from "../shell/event-words";
import type { SettingEditorProps } from "../shell/parameters";
import { useScenario, useSession } from "../shell/session-context";
import { EditorRow } from "./EditorRow";
import styles from "./EventEditor.module.css";
import { EventFields } from "./EventFields";
import { SECONDS } from "./entry-rules";
import { meaningOf } from "./event-meanings";
import { stepOf } from "./marks";

/** What a component is given that chooses what an entry sets. */
interface EventEditorProps {
  /** Of the entry, in the timeline. */
  readonly index: number;
  readonly settingEditor: ComponentType<SettingEditorProps>;
  readonly onRemove: (index: number) => void;
  readonly onClose: () => void;
}

/** Everything about one entry of the timeline. */
export function EventEditor({ index, settingEditor: SettingEditor, onRemove, onClose }: EventEditorProps) {
  const session = useSession();
  const scenario = useScenario((state) => state.scenario);
  const entry = scenario.timeline[index];
  const { durationS } = scenario.run;
  // Undone while it was open.
  if (entry === undefined) return null;
  const isAfter = entry.atS >= durationS;

  function edit(field: string, value: unknown): string | null {
    return session.edit(`timeline.${index}.${field}`, value)[0]?.sentence ?? null;
  }

  function set(path: string, value: unknown): string | null {
    const place = `timeline.${index}`;
    const problems = session.applyChanges([
      { path: `${place}.path`, value: path },
      { path: `${place}.value`, value },
    ]);
    return problems[0]?.sentence ?? null;
  }

  return (
    <Dialog title={eventTitle(entry)} onClose={onClose}>
      <div className={styles.fields}>
        <EditorRow
          label="When"
          hint={
            isAfter
              ? `After the end of the run, which lasts ${spanText(durationS)}: it has no effect`
              : `At ${timeText(entry.atS, durationS)} of a run of ${spanText(durationS)}`
          }
          isWarning={isAfter}
        >
          {(ids) => (
            <NumberField
              value={entry.atS}
              rules={SECONDS}
              step={stepOf(durationS)}
              onCommit={(atS) => edit("atS", atS)}
              {...ids}
            />
          )}
        </EditorRow>
        <EventFields entry={entry} scenario={scenario} onEdit={edit} />
        {entry.do === "set" && (
          <Suspense fallback={null}>
            <SettingEditor path={entry.path} value={entry.value} onChange={set} />
          </Suspense>
        )}
        <p className={styles.meaning}>{meaningOf(entry, scenario)}</p>
      </div>
      <footer className={styles.footer}>
        <Button
          look="quiet"
          onClick={() => {
            onClose();
            onRemove(index);
          }}
        >
          <Trash2 size={15} aria-hidden />
          Remove
        </Button>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </footer>
    </Dialog>
  );
}
