import { useMemo, useState } from "react";
import { formatQuantity } from "../../controls/quantity";
import { SelectField } from "../../controls/SelectField";
import { curveText } from "../curve-text";
import { guessCurveColumns } from "./guess-columns";
import { ReadingReport } from "./ReadingReport";
import styles from "./RecordingDialog.module.css";
import { type CurveColumns, type CurvePoint, readCurve } from "./read-recording";
import { TimeColumn } from "./TimeColumn";
import type { TextTable } from "./text-table";

const RATES = [
  { value: "1", label: "per second" },
  { value: "60", label: "per minute" },
  { value: "3600", label: "per hour" },
];

interface CurveFormProps {
  readonly table: TextTable;
  readonly onTake: (points: readonly CurvePoint[]) => void;
  readonly onOther: () => void;
}

/** Which column holds what, guessed and then the reader's to change. */
export function CurveForm({ table, onTake, onOther }: CurveFormProps) {
  const [columns, setColumns] = useState<CurveColumns>(() => guessCurveColumns(table));
  const recording = useMemo(() => readCurve(table, columns), [table, columns]);
  const options = table.columns.map((name, column) => ({ value: String(column), label: name }));
  return (
    <>
      <div className={styles.form}>
        <TimeColumn
          time={columns.time}
          timeUnit={columns.timeUnit}
          options={options}
          onChange={(chosen) => setColumns({ ...columns, ...chosen })}
        />
        <span className={styles.label}>Rate</span>
        <span className={styles.pair}>
          <SelectField
            value={String(columns.rate)}
            groups={options}
            onChange={(next) => setColumns({ ...columns, rate: Number(next) })}
            label="Column of the rate"
          />
          <SelectField
            value={String(columns.ratePerS)}
            groups={RATES}
            onChange={(next) =>
              setColumns({ ...columns, ratePerS: Number(next) as CurveColumns["ratePerS"] })
            }
            label="How rates are written"
          />
        </span>
      </div>
      <ReadingReport
        recording={recording}
        columns={["At", "Rate"]}
        cellsOf={([atS, rate]) => [
          `${formatQuantity(atS, "seconds")} s`,
          `${formatQuantity(rate, "perSecond")}/s`,
        ]}
        summary={
          recording.items.length === 0
            ? "No point could be read with these columns."
            : `${curveText(recording.items)}.`
        }
        noun="points"
        onTake={() => onTake(recording.items)}
        onOther={onOther}
      />
    </>
  );
}
