import { type ComponentType, lazy, Suspense, useMemo, useRef, useState } from "react";
import { Button } from "../controls/Button";
import { IconButton } from "../controls/IconButton";
import { Plus } from "../controls/icons";
import { List } from "../controls/more-icons";
import type { EventKind } from "../shell/event-words";
import type { SettingEditorProps } from "../shell/parameters";
import { useLive, useScenario, useSession } from "../shell/session-context";
import { AddEvent } from "./AddEvent";
import { snapped } from "./marks";
import { newEntry } from "./new-entry";
import styles from "./TimelineBar.module.css";
import type { RulerActions } from "./TimeMark";
import { TimeRuler } from "./TimeRuler";

/** What a reader opens: see docs/decisions/what-loads-first.md. */
const EventEditor = lazy(async () => ({ default: (await import("./EventEditor")).EventEditor }));
const EventList = lazy(async () => ({ default: (await import("./EventList")).EventList }));

type Open =
  | { readonly what: "nothing" | "list" }
  | { readonly what: "entry"; readonly index: number; readonly isFromList: boolean };

interface TimelineProps {
  /** Chooses what an entry sets, and to what. */
  readonly settingEditor: ComponentType<SettingEditorProps>;
  /** The reader has asked for something new already. */
  readonly startsAdding: boolean;
}

/** How many places on the ruler the present of a live run has. */
const PLACES = 400;

/** How long the run is; of one that runs live, which grows, where it has come to as well. */
function useTime(durationS: number): { readonly nowS: number | null; readonly durationS: number } {
  const isLive = useLive((state) => state.status !== "off");
  const liveS = useLive((state) => state.durationS);
  const nowS = useLive((state) => Math.floor((state.nowS / state.durationS) * PLACES) * (liveS / PLACES));
  return isLive ? { nowS, durationS: liveS } : { nowS: null, durationS };
}

/** What happens during the run: a ruler with the entries of the timeline, each dragged, edited and removed there. */
export default function Timeline({ settingEditor, startsAdding }: TimelineProps) {
  const session = useSession();
  const entries = useScenario(({ scenario }) => scenario.timeline);
  const run = useScenario(({ scenario }) => scenario.run);
  const { nowS, durationS } = useTime(run.durationS);
  const [open, setOpen] = useState<Open>({ what: "nothing" });
  const [isAdding, setAdding] = useState(startsAdding);
  const [placingS, setPlacingS] = useState<number | null>(null);
  const addButton = useRef<HTMLButtonElement | null>(null);
  const isEmpty = entries.length === 0;

  function add(kind: EventKind, atS: number) {
    const { scenario } = session.scenario.getState();
    const problems = session.edit("timeline", [...scenario.timeline, newEntry(kind, atS, scenario)]);
    setPlacingS(null);
    if (problems.length === 0) setOpen({ what: "entry", index: scenario.timeline.length, isFromList: false });
  }

  const actions = useMemo<RulerActions>(
    () => ({
      edit: (index) => setOpen({ what: "entry", index, isFromList: false }),
      move: (index, atS) => session.edit(`timeline.${index}.atS`, atS, { dragging: true }),
      settle: () => session.commitEdit(),
      remove(index) {
        const { timeline } = session.scenario.getState().scenario;
        session.edit("timeline", timeline.toSpliced(index, 1));
        addButton.current?.focus();
      },
    }),
    [session],
  );

  return (
    <>
      {isEmpty ? (
        <div className={styles.line} />
      ) : (
        <TimeRuler
          {...{ entries, durationS, nowS, actions }}
          warmupS={run.warmupS}
          onPlace={setPlacingS}
          placing={
            placingS === null
              ? null
              : {
                  atS: placingS,
                  content: (
                    <AddEvent
                      isOpen
                      align="start"
                      onOpenChange={() => {
                        setPlacingS(null);
                        addButton.current?.focus();
                      }}
                      onChoose={(kind) => add(kind, placingS)}
                      trigger={(props) => (
                        <button type="button" className={styles.place} aria-label="Add event here" {...props}>
                          <Plus size={14} aria-hidden />
                        </button>
                      )}
                    />
                  ),
                }
          }
        />
      )}
      {!isEmpty && (
        <IconButton label="List all events" onClick={() => setOpen({ what: "list" })}>
          <List size={16} aria-hidden />
        </IconButton>
      )}
      <AddEvent
        isOpen={isAdding}
        onOpenChange={setAdding}
        onChoose={(kind) => add(kind, snapped(((nowS ?? 0) + durationS) / 2, durationS))}
        trigger={({ ref, ...props }) => (
          <Button
            look="quiet"
            className={styles.add}
            {...props}
            ref={(element) => {
              addButton.current = element;
              if (typeof ref === "function") ref(element);
            }}
          >
            <Plus size={15} aria-hidden />
            <span className={styles.addText}>Add event</span>
          </Button>
        )}
      />
      <Suspense fallback={null}>
        {open.what === "entry" && (
          <EventEditor
            index={open.index}
            settingEditor={settingEditor}
            onRemove={actions.remove}
            onClose={() => setOpen({ what: open.isFromList ? "list" : "nothing" })}
          />
        )}
        {open.what === "list" && (
          <EventList
            onEdit={(index) => setOpen({ what: "entry", index, isFromList: true })}
            onRemove={actions.remove}
            onClose={() => setOpen({ what: "nothing" })}
          />
        )}
      </Suspense>
    </>
  );
}
