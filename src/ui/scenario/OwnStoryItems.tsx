import { storyOfPreset } from "../../scenario/known-presets";
import { Plus } from "../controls/icons";
import { MenuItem } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { Check } from "../controls/more-icons";
import { useScenario, useSession } from "../shell/session-context";
import { useOwnStories } from "../shell/use-own-stories";

/** The reader's own stories, as items of the menu, and the way to another. */
export function OwnStoryItems() {
  const session = useSession();
  const { baseId, scenario } = useScenario((present) => present);
  const { own, state } = useOwnStories();
  if (own === null || state === null) return null;
  const { stories, removals } = state;
  const removed = removals.filter(({ step }) => step === null);
  return (
    <>
      <div className={menu.label}>Your stories</div>
      {stories.map(({ id, title, lesson, steps }) => (
        <MenuItem
          key={id}
          onSelect={() => {
            const [first] = steps;
            if (first !== undefined) session.replaceScenario(first.scenario, first.presetId);
          }}
        >
          <span className={menu.indicator}>
            {storyOfPreset(baseId) === id && <Check size={14} aria-hidden />}
          </span>
          <span className={menu.text}>
            <span className={menu.title}>{title}</span>
            <span className={menu.note}>
              {steps.length === 1 ? "1 step" : `${steps.length} steps`}
              {lesson === "" ? "" : `: ${lesson}`}
            </span>
          </span>
        </MenuItem>
      ))}
      <MenuItem onSelect={() => void own.begin("Untitled story", scenario.name || "As it is")}>
        <span className={menu.indicator}>
          <Plus size={14} aria-hidden />
        </span>
        <span className={menu.text}>
          <span className={menu.title}>Begin a story</span>
          <span className={menu.note}>With the present scenario as its first step</span>
        </span>
      </MenuItem>
      {removed.map((removal) => (
        <MenuItem key={removal.story.id} onSelect={() => void own.bringBack(removal)}>
          <span className={menu.indicator} />
          <span className={menu.text}>
            <span className={menu.title}>Bring back “{removal.story.title}”</span>
            <span className={menu.note}>It was removed in this visit</span>
          </span>
        </MenuItem>
      ))}
    </>
  );
}
