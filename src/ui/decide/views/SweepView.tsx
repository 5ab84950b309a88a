import { useMemo } from "react";
import type { Scenario } from "../../../scenario/types";
import type { SweepAnswer } from "../../../study/answer-types";
import { Button } from "../../controls/Button";
import { downloadText, fileName } from "../../controls/download";
import { FileSpreadsheet } from "../../controls/more-icons";
import { sweepCsv } from "../sweep-csv";
import { SweepGrid } from "./SweepGrid";
import { SweepLines } from "./SweepLines";
import styles from "./views.module.css";

interface SweepViewProps {
  readonly answer: SweepAnswer;
  readonly base: Scenario;
}

/** Every combination of one or two parameters' values: lines for one, a heat map for two. */
export default function SweepView({ answer, base }: SweepViewProps) {
  const known = useMemo(() => answer.cells.filter(({ replications }) => replications > 0).length, [answer]);
  const save = (
    <Button
      disabled={known === 0}
      onClick={() => downloadText(fileName(base.name, "sweep.csv"), "text/csv", sweepCsv(answer))}
    >
      <FileSpreadsheet size={15} aria-hidden />
      Download all measures as CSV
    </Button>
  );
  return (
    <div className={styles.answer}>
      {answer.axes.length === 1 ? (
        <SweepLines answer={answer} base={base} save={save} />
      ) : (
        <SweepGrid answer={answer} base={base} save={save} />
      )}
    </div>
  );
}
