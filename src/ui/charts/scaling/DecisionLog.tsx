import { useMemo, useState } from "react";
import type { RunSummary } from "../../../analysis/result-types";
import { formatCount } from "../../../base/format";
import { timeText } from "../../../base/run-time";
import { Button } from "../../controls/Button";
import { download } from "../../controls/download";
import { ChevronRight } from "../../controls/icons";
import { ChevronLeft, FileSpreadsheet } from "../../controls/more-icons";
import { SegmentedField } from "../../controls/SegmentedField";
import styles from "./DecisionLog.module.css";
import { type DecisionRow, decisionRows, decisionsCsv, rowText } from "./decision-rows";

/** More lines at once would keep the page from answering. */
const PAGE = 200;

const FILTERS = [
  { value: "all", label: "All" },
  { value: "changes", label: "Only changes" },
] as const;

/** What the autoscalers decided in the first replication: when, which policy, what it saw, and what came of it. */
export function DecisionLog({ summary }: { readonly summary: RunSummary }) {
  const [filter, setFilter] = useState<string>("all");
  const [wantedPage, setPage] = useState(0);
  const { scenario, replications } = summary.figures;
  const all = useMemo(() => decisionRows(summary), [summary]);
  const rows = filter === "all" ? all : all.filter(({ fromSize, toSize }) => fromSize !== toSize);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(wantedPage, pages - 1);
  const forgotten = summary.scaling.reduce((sum, log) => sum + log.forgotten, 0);
  const isOfSeveral = summary.scaling.length > 1;

  return (
    <>
      <div className={styles.bar}>
        <SegmentedField label="Which decisions" value={filter} options={FILTERS} onChange={setFilter} />
        {pages > 1 && (
          <span className={styles.pages}>
            <Button look="quiet" aria-label="Earlier" disabled={page === 0} onClick={() => setPage(page - 1)}>
              <ChevronLeft size={15} aria-hidden />
            </Button>
            {formatCount(page * PAGE + 1)}–{formatCount(Math.min(rows.length, (page + 1) * PAGE))} of{" "}
            {formatCount(rows.length)}
            <Button
              look="quiet"
              aria-label="Later"
              disabled={page === pages - 1}
              onClick={() => setPage(page + 1)}
            >
              <ChevronRight size={15} aria-hidden />
            </Button>
          </span>
        )}
        <Button
          look="quiet"
          className={styles.file}
          onClick={() =>
            download("headroom-decisions.csv", new Blob([decisionsCsv(summary)], { type: "text/csv" }))
          }
        >
          <FileSpreadsheet size={15} aria-hidden />
          CSV
        </Button>
      </div>
      {rows.length === 0 ? (
        <p className={styles.nothing}>
          {all.length === 0 ? "No policy's bound was crossed." : "The size never changed."}
        </p>
      ) : (
        <DecisionTable
          rows={rows.slice(page * PAGE, (page + 1) * PAGE)}
          runS={scenario.run.durationS}
          isOfSeveral={isOfSeveral}
        />
      )}
      {replications > 1 && <p className={styles.note}>Of the first of {replications} replications.</p>}
      {forgotten > 0 && (
        <p className={styles.note}>{formatCount(forgotten)} later decisions were too many to keep.</p>
      )}
    </>
  );
}

interface DecisionTableProps {
  readonly rows: readonly DecisionRow[];
  readonly runS: number;
  readonly isOfSeveral: boolean;
}

function DecisionTable({ rows, runS, isOfSeveral }: DecisionTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to take the focus
    <section className={styles.frame} aria-label="Log of decisions" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {isOfSeveral && <th scope="col">Scales</th>}
            <th scope="col">Policy</th>
            <th scope="col">Saw</th>
            <th scope="col">Size</th>
            <th scope="col">What came of it</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no state, and two may be alike
            <tr key={index} data-change={row.fromSize !== row.toSize || undefined}>
              <th scope="row">{timeText(row.atS, runS)}</th>
              {isOfSeveral && <td>{row.target}</td>}
              <td>{row.policy}</td>
              <td>{row.seen}</td>
              <td className={styles.size}>
                {row.fromSize === row.toSize
                  ? formatCount(row.fromSize)
                  : `${formatCount(row.fromSize)} → ${formatCount(row.toSize)}`}
              </td>
              <td className={styles.outcome}>{rowText(row, runS)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
