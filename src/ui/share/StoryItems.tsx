import { isOwnStory, knownPreset, storyOfPreset } from "../../scenario/known-presets";
import { Plus } from "../controls/icons";
import { MenuItem, MenuSeparator } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { useScenario } from "../shell/session-context";
import { useOwnStories } from "../shell/use-own-stories";

/** The present scenario as a step of a story of the reader's own. */
export function StoryItems() {
  const { own, state } = useOwnStories();
  const { baseId, scenario } = useScenario((present) => present);
  if (own === null || state === null) return null;
  const isInOwn = isOwnStory(storyOfPreset(baseId) ?? "");
  const story = own.find(storyOfPreset(baseId)) ?? own.find(state.lastId ?? undefined);
  const isNamed = scenario.name !== "" && scenario.name !== knownPreset(baseId)?.scenario.name;

  return (
    <>
      <MenuSeparator />
      {story !== undefined && (
        <MenuItem
          onSelect={() =>
            void own.addStep(story.id, isNamed ? scenario.name : `Step ${story.steps.length + 1}`)
          }
        >
          <Plus size={15} aria-hidden />
          <span className={menu.text}>
            Add as step
            <span className={menu.note}>To “{story.title}”</span>
          </span>
        </MenuItem>
      )}
      {!isInOwn && (
        <MenuItem onSelect={() => void own.begin("Untitled story", scenario.name || "As it is")}>
          <Plus size={15} aria-hidden />
          <span className={menu.text}>
            Begin a story
            <span className={menu.note}>With the present scenario as its first step</span>
          </span>
        </MenuItem>
      )}
    </>
  );
}
