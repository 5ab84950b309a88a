import type { ReplayedTrace, ValidationReport } from "../../analysis/validation-report";
import { formatCount, formatPercent } from "../../base/format";
import { Met } from "./Met";
import { type Column, SortableTable } from "./SortableTable";
import styles from "./Trust.module.css";

function bound(text: string, goal: string | null) {
  return (
    <>
      {text}
      {goal !== null && <span className={styles.bound}> {goal}</span>}
    </>
  );
}

const COLUMNS: readonly Column<ReplayedTrace>[] = [
  { id: "id", head: "trace", sortBy: ({ id }) => id, cell: ({ id }) => id },
  { id: "balancer", head: "balancer", sortBy: ({ balancer }) => balancer, cell: ({ balancer }) => balancer },
  {
    id: "utilization",
    head: "threads busy",
    isNumber: true,
    sortBy: ({ utilization }) => utilization,
    cell: ({ utilization }) => formatPercent(utilization),
  },
  {
    id: "requests",
    head: "requests",
    isNumber: true,
    sortBy: ({ requests }) => requests,
    cell: ({ requests }) => formatCount(requests),
  },
  {
    id: "within",
    head: "within 5 ms",
    isNumber: true,
    sortBy: ({ within5Ms }) => within5Ms,
    cell: ({ within5Ms, goal }) =>
      bound(
        formatPercent(within5Ms),
        goal === null || goal.within5Ms === null ? null : `≥ ${formatPercent(goal.within5Ms)}`,
      ),
  },
  {
    id: "mean",
    head: "mean is off by",
    isNumber: true,
    sortBy: ({ meanError }) => Math.abs(meanError),
    cell: ({ meanError, goal }) =>
      bound(formatPercent(Math.abs(meanError)), goal === null ? null : `≤ ${formatPercent(goal.meanError)}`),
  },
  {
    id: "met",
    head: "outcome",
    sortBy: ({ goal, met }) => (goal === null ? 2 : Number(met)),
    cell: ({ goal, met }) => (goal === null ? "nothing promised" : <Met is={met} />),
  },
];

/** Traces of single requests, replayed: nothing is left to chance but the routing. */
export function TracesSection({ report }: { readonly report: ValidationReport }) {
  const { traces, generatedFrom } = report;
  return (
    <section className={styles.section} aria-labelledby="trust-traces">
      <h2 id="trust-traces">Request by request</h2>
      <p>
        {formatCount(generatedFrom.tracedRequests)} requests of {generatedFrom.traces} recorded traces,
        replayed with their own arrivals and durations, and compared one by one. Where the balancer takes
        dynos in turn nothing is left to chance; with the fewest outstanding, equal choices fall differently
        as the load rises; at random, only the mean can agree.
      </p>
      <SortableTable
        caption="Replayed traces: single requests within 5 ms of the measured ones"
        columns={COLUMNS}
        rows={traces}
        keyOf={({ id }) => id}
      />
    </section>
  );
}
