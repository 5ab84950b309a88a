import { lazy, Suspense, useRef, useState } from "react";
import type { Workload } from "../../scenario/types";
import { SegmentedField } from "../controls/SegmentedField";
import { useSession } from "../shell/session-context";
import { AddItem } from "./AddItem";
import { FieldControl } from "./FieldControl";
import { idsOf } from "./FieldRow";
import { isShown, openFieldsIn } from "./fields";
import { ItemChooser } from "./ItemChooser";
import { ProfileControl } from "./ProfileControl";
import { shownWorkload, useShownItem, useShownPath } from "./shown";
import { asKind, mainEndpoint, TRAFFIC_KINDS } from "./traffic-kinds";

/** Only for recorded traffic: see docs/decisions/what-loads-first.md. */
const ReplayControl = lazy(() => import("./ReplayControl"));
const TraceSummary = lazy(() => import("./TraceSummary"));
const RecordingDialog = lazy(() => import("./recording/RecordingDialog"));

const FIELDS = openFieldsIn("traffic");

/** How much traffic there is, and of which kind. Switching there and back gives back what was there. */
export function TrafficControls() {
  const session = useSession();
  const workload = useShownItem("workloads");
  const path = useShownPath("workloads.*");
  const [isImporting, setImporting] = useState(false);
  const earlier = useRef(new Map<string, Workload>());

  function change(next: string) {
    const { shown } = session.preferences.getState();
    const present = shownWorkload(session.scenario.getState().scenario, shown);
    const kind = TRAFFIC_KINDS.find(({ value }) => value === next)?.value;
    if (kind === undefined || present.kind === kind) return;
    earlier.current.set(`${present.kind} ${path}`, present);
    const known = earlier.current.get(`${kind} ${path}`);
    const measured = session.run.getState().summary?.figures.throughputPerSecond.mean ?? null;
    if (known !== undefined) session.edit(path, known);
    else if (kind === "replay") setImporting(true);
    else session.edit(path, asKind(present, kind, measured));
  }

  return (
    <>
      <ItemChooser list="workloads" isHome />
      <SegmentedField
        id={idsOf("workload-kind").control}
        label="Kind of traffic"
        value={workload.kind}
        options={TRAFFIC_KINDS}
        onChange={change}
      />
      {FIELDS.filter((definition) => isShown(definition, workload)).map((definition) =>
        definition.id === "profile" ? (
          <ProfileControl key={`profile ${path}`} />
        ) : (
          <FieldControl key={definition.id} definition={definition} />
        ),
      )}
      <Suspense fallback={null}>
        {workload.kind === "replay" && <ReplayControl onImport={() => setImporting(true)} />}
        {workload.kind === "open" && workload.trace !== undefined && <TraceSummary trace={workload.trace} />}
        {isImporting && (
          <RecordingDialog
            what="requests"
            endpoint={mainEndpoint(workload)}
            onClose={() => setImporting(false)}
          />
        )}
      </Suspense>
      <AddItem list="workloads" />
    </>
  );
}
