import { Fragment } from "react";
import { obtainPreset, storyOfPreset } from "../../scenario/known-presets";
import { PRESET_GROUPS } from "../../scenario/presets";
import { STORY_GROUPS } from "../../scenario/stories/cards";
import type { MenuState } from "../controls/FetchedMenu";
import { Menu, MenuItem } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { Check } from "../controls/more-icons";
import { useScenario, useSession } from "../shell/session-context";
import { OwnStoryItems } from "./OwnStoryItems";
import { PresetButton } from "./PresetButton";

/** The examples to begin from. Taking one replaces the scenario, and can be undone. */
export function PresetMenu({ isOpen, onOpenChange }: MenuState) {
  const session = useSession();
  const baseId = useScenario((state) => state.baseId);
  async function open(presetId: string) {
    const preset = await obtainPreset(presetId);
    if (preset !== undefined) session.replaceScenario(preset.scenario, preset.id);
  }

  return (
    <Menu
      align="start"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      trigger={(props) => <PresetButton {...props} />}
    >
      <OwnStoryItems />
      {STORY_GROUPS.map((group) => (
        <Fragment key={group.title}>
          <div className={menu.label}>{group.title}</div>
          {group.stories.map(({ id, title, lesson, firstStep }) => (
            <MenuItem key={id} onSelect={() => void open(firstStep)}>
              <span className={menu.indicator}>
                {storyOfPreset(baseId) === id && <Check size={14} aria-hidden />}
              </span>
              <span className={menu.text}>
                <span className={menu.title}>{title}</span>
                <span className={menu.note}>{lesson}</span>
              </span>
            </MenuItem>
          ))}
        </Fragment>
      ))}
      {PRESET_GROUPS.map((group) => (
        <Fragment key={group.title}>
          <div className={menu.label}>{group.title}</div>
          {group.presets.map(({ id, title, description, scenario }) => (
            <MenuItem key={id} onSelect={() => session.replaceScenario(scenario, id)}>
              <span className={menu.indicator}>{id === baseId && <Check size={14} aria-hidden />}</span>
              <span className={menu.text}>
                <span className={menu.title}>{title}</span>
                <span className={menu.note}>{description}</span>
              </span>
            </MenuItem>
          ))}
        </Fragment>
      ))}
    </Menu>
  );
}
