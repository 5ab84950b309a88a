import { useState } from "react";
import { spanText, timeText } from "../../../base/run-time";
import type { Curve } from "../../../scenario/types";
import { Button } from "../../controls/Button";
import { IconButton } from "../../controls/IconButton";
import { ChevronRight, Plus, Trash2 } from "../../controls/icons";
import { ChevronLeft } from "../../controls/more-icons";
import { useScenario, useSession } from "../../shell/session-context";
import { useShownItem } from "../shown";
import { useField } from "../use-field";
import { CurvePlot } from "./CurvePlot";
import { type PointChange, pointAddedAfter, pointRemoved, steadyCurve } from "./curve-points";
import { scaleOf } from "./curve-scale";
import { PointTable } from "./PointTable";
import styles from "./ProfileEditor.module.css";
import { factorText, impliedAt, measureOf } from "./profile-words";
import { ShapeMenu } from "./ShapeMenu";

/** Traffic over time, drawn by hand: every change is simulated while it is made. */
export default function ProfileEditor() {
  const session = useSession();
  const workload = useShownItem("workloads");
  const durationS = useScenario(({ scenario }) => scenario.run.durationS);
  const { path, value, apply } = useField("workloads.*.profile");
  const [chosen, setChosen] = useState(0);
  const [refusal, setRefusal] = useState<string | null>(null);
  // The document allows nothing but a curve at this path.
  const profile = value as Curve | undefined;
  const curve = profile ?? steadyCurve(durationS);
  const selected = Math.min(chosen, curve.length - 1);
  const [atS, factor] = curve[selected] ?? [0, 1];
  const scale = scaleOf(curve, durationS);
  const implied = (of: number) => impliedAt(workload, of);

  function take({ curve: next, position }: PointChange) {
    setRefusal(apply(next));
    setChosen(position);
  }

  function drag({ curve: next, position }: PointChange) {
    setRefusal(session.edit(path, next, { dragging: true })[0]?.sentence ?? null);
    setChosen(position);
  }

  function choose(next: Curve, lengthS: number | null) {
    const longer = lengthS === null ? [] : [{ path: "run.durationS", value: lengthS }];
    setRefusal(session.applyChanges([{ path, value: next }, ...longer])[0]?.sentence ?? null);
    setChosen(0);
  }

  return (
    <div className={styles.editor}>
      <div className={styles.row}>
        <ShapeMenu workload={workload} durationS={durationS} onChoose={choose} />
        <Button
          disabled={profile === undefined}
          onClick={() => {
            setRefusal(apply(null));
            setChosen(0);
          }}
        >
          <Trash2 size={14} aria-hidden />
          Clear
        </Button>
      </div>
      <div className={styles.titles} aria-hidden>
        <span>Factor</span>
        <span>{measureOf(workload)}</span>
      </div>
      <CurvePlot
        curve={curve}
        durationS={durationS}
        implied={implied}
        selected={selected}
        onSelect={setChosen}
        onDrag={drag}
        onRelease={() => session.commitEdit()}
        onRemove={(position) => take(pointRemoved(curve, position))}
      />
      <div className={styles.row}>
        <IconButton
          className={styles.action}
          label="Previous point"
          disabled={selected === 0}
          onClick={() => setChosen(selected - 1)}
        >
          <ChevronLeft size={14} aria-hidden />
        </IconButton>
        <span className={styles.selected}>
          {selected + 1} of {curve.length}: {timeText(atS, scale.untilS)}, {factorText(factor)} ={" "}
          {implied(factor)}
        </span>
        <IconButton
          className={styles.action}
          label="Next point"
          disabled={selected === curve.length - 1}
          onClick={() => setChosen(selected + 1)}
        >
          <ChevronRight size={14} aria-hidden />
        </IconButton>
        <IconButton
          className={styles.action}
          label="Add a point after it"
          onClick={() => take(pointAddedAfter(curve, selected, durationS))}
        >
          <Plus size={14} aria-hidden />
        </IconButton>
        <IconButton
          className={styles.action}
          label="Remove the point"
          disabled={curve.length === 1}
          onClick={() => take(pointRemoved(curve, selected))}
        >
          <Trash2 size={13} aria-hidden />
        </IconButton>
      </div>
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
      {scale.untilS > durationS && (
        <p className={styles.note}>
          The run is {spanText(durationS)} long and sees that much of the curve.{" "}
          <Button
            look="quiet"
            onClick={() => setRefusal(session.edit("run.durationS", scale.untilS)[0]?.sentence ?? null)}
          >
            Make the run {spanText(scale.untilS)} long
          </Button>
        </p>
      )}
      <details className={styles.details}>
        <summary>Points as numbers</summary>
        <PointTable
          curve={curve}
          stepS={scale.stepS}
          implied={implied}
          measure={measureOf(workload)}
          onChange={apply}
          onRemove={(position) => take(pointRemoved(curve, position))}
        />
      </details>
    </div>
  );
}
