import { lazy, Suspense, useState } from "react";
import type { Curve } from "../../scenario/types";
import { Button } from "../controls/Button";
import { Trash2 } from "../controls/icons";
import { FileUp } from "../controls/more-icons";
import { anyField } from "./all-fields";
import { FieldRow, idsOf } from "./FieldRow";
import { useShownItem } from "./shown";
import styles from "./TraceSummary.module.css";
import { mainEndpoint } from "./traffic-kinds";
import { useField } from "./use-field";

const RecordingDialog = lazy(() => import("./recording/RecordingDialog"));

const TraceSummary = lazy(() => import("./TraceSummary"));

const DEFINITION = anyField("trace");
const IDS = idsOf(DEFINITION.id);

/** A measured curve in place of a constant rate: import it, see it, take it away. */
export function TraceControl() {
  const workload = useShownItem("workloads");
  const { value, isChanged, apply, reset } = useField(DEFINITION.path);
  const [isImporting, setImporting] = useState(false);
  // The document allows nothing but a curve at this path.
  const trace = value as Curve | undefined;
  return (
    <FieldRow definition={DEFINITION} isChanged={isChanged} onReset={reset}>
      <Suspense fallback={null}>{trace !== undefined && <TraceSummary trace={trace} />}</Suspense>
      <div className={styles.actions}>
        <Button id={IDS.control} onClick={() => setImporting(true)}>
          <FileUp size={14} aria-hidden />
          {trace === undefined ? "Import a CSV file" : "Another file"}
        </Button>
        {trace !== undefined && (
          <Button onClick={() => apply(null)}>
            <Trash2 size={14} aria-hidden />
            Remove the curve
          </Button>
        )}
      </div>
      {isImporting && (
        <Suspense fallback={null}>
          <RecordingDialog
            what="curve"
            endpoint={mainEndpoint(workload)}
            onClose={() => setImporting(false)}
          />
        </Suspense>
      )}
    </FieldRow>
  );
}
