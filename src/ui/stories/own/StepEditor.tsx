import { useId } from "react";
import type { StepWords } from "../../../scenario/stories/edit-story";
import { STORY_CHARTS, type Story, type StoryStep } from "../../../scenario/stories/story";
import type { OwnStories } from "../../../store/own-stories";
import { CHART_NAMES } from "../chart-names";
import styles from "./StepEditor.module.css";
import { useDraft } from "./use-draft";

interface StepEditorProps {
  readonly own: OwnStories;
  readonly story: Story;
  readonly step: StoryStep;
}

/** The words and the charts of a step, and of its story. What is written is kept as it is written. */
export default function StepEditor({ own, story, step }: StepEditorProps) {
  const { presetId, title, text, note = "", charts } = step;
  const write = (words: Partial<StepWords>) => void own.writeStep(presetId, words);
  const rename = (words: Partial<Pick<Story, "title" | "lesson">>) => void own.rename(story.id, words);
  return (
    <div className={styles.editor}>
      <div className={styles.column}>
        <Line label="Title of the step" value={title} isNeeded keep={(words) => write({ title: words })} />
        <Lines
          label="Text"
          hint="A blank line begins a paragraph; **strong**, *stressed*, `code`."
          rows={5}
          value={text}
          keep={(words) => write({ text: words })}
        />
        <Lines
          label="Note for the presenter"
          hint="Shown with N while it is presented."
          rows={2}
          value={note}
          keep={(words) => write({ note: words })}
        />
      </div>
      <div className={styles.column}>
        <fieldset className={styles.charts}>
          <legend>Charts while it is presented</legend>
          {STORY_CHARTS.map((chart) => (
            <label key={chart}>
              <input
                type="checkbox"
                checked={charts.includes(chart)}
                onChange={({ target }) =>
                  write({
                    charts: STORY_CHARTS.filter((one) =>
                      one === chart ? target.checked : charts.includes(one),
                    ),
                  })
                }
              />
              {CHART_NAMES[chart]}
            </label>
          ))}
        </fieldset>
        <Line
          label="Title of the story"
          value={story.title}
          isNeeded
          keep={(words) => rename({ title: words })}
        />
        <Line label="What it teaches" value={story.lesson} keep={(words) => rename({ lesson: words })} />
      </div>
    </div>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly keep: (text: string) => void;
  /** Whether it stays as it was where nothing is written. */
  readonly isNeeded?: boolean;
}

function Line({ label, value, keep, isNeeded = false }: FieldProps) {
  const draft = useDraft(value, (text) => {
    if (!isNeeded || text.trim() !== "") keep(text);
  });
  return (
    <label className={styles.field}>
      {label}
      <input type="text" maxLength={200} autoComplete="off" {...draft} />
    </label>
  );
}

function Lines({
  label,
  value,
  keep,
  hint,
  rows,
}: FieldProps & { readonly hint: string; readonly rows: number }) {
  const id = useId();
  const draft = useDraft(value, keep);
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <textarea id={id} rows={rows} maxLength={20_000} aria-describedby={`${id}-hint`} {...draft} />
      <span className={styles.hint} id={`${id}-hint`}>
        {hint}
      </span>
    </div>
  );
}
