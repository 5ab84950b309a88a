import type { QuestionKind } from "../../study/question-types";
import type { MenuState } from "../controls/FetchedMenu";
import { Menu, MenuItem } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { DecideButton } from "./DecideButton";
import { KIND_NAMES, KINDS } from "./kinds";

interface QuestionMenuProps extends MenuState {
  readonly onChoose: (kind: QuestionKind) => void;
}

/** The questions that can be asked of a scenario by simulating it many times. */
export function QuestionMenu({ isOpen, onOpenChange, onChoose }: QuestionMenuProps) {
  return (
    <Menu isOpen={isOpen} onOpenChange={onOpenChange} trigger={(props) => <DecideButton {...props} />}>
      {KIND_NAMES.map((kind) => (
        <MenuItem key={kind} onSelect={() => onChoose(kind)}>
          <span className={menu.text}>
            <span className={menu.title}>{KINDS[kind].item}</span>
            <span className={menu.note}>{KINDS[kind].note}</span>
          </span>
        </MenuItem>
      ))}
    </Menu>
  );
}
