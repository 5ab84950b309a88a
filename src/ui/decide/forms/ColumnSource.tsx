import { useEffect, useState } from "react";
import { fetchStory, obtainPreset, storyOfPreset } from "../../../scenario/known-presets";
import { PRESET_GROUPS } from "../../../scenario/presets";
import { STORY_GROUPS } from "../../../scenario/stories/cards";
import type { Scenario } from "../../../scenario/types";
import type { ComparedScenario } from "../../../study/question-types";
import { SelectField, type SelectGroup } from "../../controls/SelectField";
import { useBaseline, useScenario } from "../../shell/session-context";
import { comparedWith, firstChange } from "../default-questions";
import styles from "./forms.module.css";

interface ColumnSourceProps {
  readonly base: Scenario;
  readonly onAdd: (column: ComparedScenario) => void;
}

const NOTHING = "";
const CHANGE = "own:change";
const BASELINE = "own:baseline";

/** The steps of the story that the scenario at hand is from. */
function useSteps(): SelectGroup | null {
  const story = useScenario((state) => storyOfPreset(state.baseId));
  const [group, setGroup] = useState<SelectGroup | null>(null);
  useEffect(() => {
    setGroup(null);
    if (story === undefined) return;
    let isWanted = true;
    fetchStory(story).then(
      ({ title, steps }) => {
        if (!isWanted) return;
        const options = steps.map(({ presetId, title: label }) => ({ value: presetId, label }));
        setGroup({ label: `Steps of ${title}`, options });
      },
      // Without its steps all else can still be chosen.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [story]);
  return group;
}

/** Where a further column comes from: a change, the baseline, a preset, or a step of a story. */
export function ColumnSource({ base, onAdd }: ColumnSourceProps) {
  const pinned = useBaseline((state) => state.scenario);
  const steps = useSteps();

  async function add(source: string) {
    if (source === CHANGE) onAdd(firstChange(base));
    else if (source === BASELINE && pinned !== null) onAdd(comparedWith(base, pinned, "Baseline"));
    else {
      const preset = await obtainPreset(source);
      if (preset !== undefined) onAdd(comparedWith(base, preset.scenario, preset.title));
    }
  }

  const own = [
    { value: CHANGE, label: "This scenario with a change" },
    ...(pinned === null ? [] : [{ value: BASELINE, label: "The pinned baseline" }]),
  ];
  return (
    <div className={styles.source}>
      <SelectField
        label="Add a scenario to compare"
        value={NOTHING}
        groups={[
          { value: NOTHING, label: "Add a scenario…" },
          ...own,
          ...(steps === null ? [] : [steps]),
          ...PRESET_GROUPS.map(({ title, presets }) => ({
            label: title,
            options: presets.map(({ id, title: label }) => ({ value: id, label })),
          })),
          ...STORY_GROUPS.map(({ title, stories }) => ({
            label: title,
            options: stories.map(({ firstStep, title: label }) => ({ value: firstStep, label })),
          })),
        ]}
        onChange={(source) => void add(source)}
      />
    </div>
  );
}
