import type { ReactElement } from "react";
import type { TriggerProps } from "../controls/Menu";
import { Menu, MenuItem } from "../controls/Menu";
import { EventIcon } from "../shell/EventShape";
import { EVENT_KINDS, type EventKind } from "../shell/event-words";

interface AddEventProps {
  readonly trigger: (props: TriggerProps) => ReactElement;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly onChoose: (kind: EventKind) => void;
  readonly align?: "start" | "end";
}

/** A button with the kinds of events there are. */
export function AddEvent({ onChoose, ...menu }: AddEventProps) {
  return (
    <Menu {...menu}>
      {(Object.keys(EVENT_KINDS) as EventKind[]).map((kind) => (
        <MenuItem key={kind} onSelect={() => onChoose(kind)}>
          <EventIcon kind={kind} />
          {EVENT_KINDS[kind].name}
        </MenuItem>
      ))}
    </Menu>
  );
}
