import { useMemo, useState } from "react";
import type { Endpoint, Step } from "../../../scenario/types";
import { formatQuantity } from "../../controls/quantity";
import { SelectField } from "../../controls/SelectField";
import { guessRequestColumns, numberColumns, timeColumns } from "./guess-columns";
import { ReadingReport } from "./ReadingReport";
import styles from "./RecordingDialog.module.css";
import { type RecordedRequest, type RequestColumns, readRequests } from "./read-recording";
import { TimeColumn } from "./TimeColumn";
import type { TextTable } from "./text-table";
import { type DurationUnit, TIME_UNITS } from "./time-units";

const NO_COLUMN = "";
const STEP_WORDS = { query: "query", wait: "waiting", cpu: "processor" } as const;

interface RequestsFormProps {
  readonly table: TextTable;
  readonly endpoint: Endpoint;
  readonly endpoints: readonly Endpoint[];
  readonly onEndpoint: (name: string) => void;
  readonly onTake: (requests: readonly RecordedRequest[], endpoint: Endpoint) => void;
  readonly onOther: () => void;
}

function summaryOf(items: readonly RecordedRequest[]): string {
  const lastMs = items.at(-1)?.[0] ?? 0;
  if (items.length === 0) return "No request could be read with these columns.";
  const seconds = (lastMs / 1000).toLocaleString("en-US", { maximumFractionDigits: 1 });
  return `${items.length.toLocaleString("en-US")} ${items.length === 1 ? "request" : "requests"} over ${seconds} s.`;
}

/** What a step's column holds: one repetition of a query, however many there are. */
function wordsOf(step: Step): string {
  return step.kind === "query" && step.count > 1
    ? `each of its ${step.count.toLocaleString("en-US")} queries`
    : STEP_WORDS[step.kind];
}

/** Which column holds what, guessed and then the reader's to change. */
export function RequestsForm({ table, endpoint, endpoints, onEndpoint, onTake, onOther }: RequestsFormProps) {
  const [columns, setColumns] = useState<RequestColumns>(() =>
    guessRequestColumns(
      table,
      endpoint.steps.map(({ kind }) => kind),
    ),
  );
  const recording = useMemo(() => readRequests(table, columns), [table, columns]);
  const optionsOf = (offered: readonly number[]) =>
    offered.map((column) => ({ value: String(column), label: table.columns[column] ?? "" }));
  const numbers = useMemo(() => numberColumns(table), [table]);
  const times = useMemo(() => timeColumns(table), [table]);
  const milliseconds = (ms: number) => `${formatQuantity(Number(ms.toPrecision(9)), "milliseconds")} ms`;
  const steps = endpoint.steps.map((step, position) => ({
    title: `Step ${position + 1}, ${wordsOf(step)}`,
    position,
  }));

  function setDuration(step: number, chosen: string) {
    const column = chosen === NO_COLUMN ? null : Number(chosen);
    setColumns({ ...columns, durations: columns.durations.with(step, column) });
  }

  return (
    <>
      <div className={styles.form}>
        {endpoints.length > 1 && (
          <>
            <span className={styles.label}>Endpoint</span>
            <SelectField
              value={endpoint.name}
              groups={endpoints.map(({ name }) => ({ value: name, label: name }))}
              onChange={onEndpoint}
              label="Endpoint of the requests"
            />
          </>
        )}
        <TimeColumn
          time={columns.time}
          timeUnit={columns.timeUnit}
          options={optionsOf(times)}
          onChange={(chosen) => setColumns({ ...columns, ...chosen })}
        />
        {steps.map(({ title, position }) => {
          const column = columns.durations[position] ?? null;
          return [
            <span className={styles.label} key={`${title} label`}>
              {title}
            </span>,
            <SelectField
              key={title}
              value={column === null ? NO_COLUMN : String(column)}
              groups={[...optionsOf(numbers), { value: NO_COLUMN, label: "Not in the file: 0 ms" }]}
              onChange={(next) => setDuration(position, next)}
              label={`Column of ${title.toLowerCase()}`}
            />,
          ];
        })}
        <span className={styles.label}>Durations</span>
        <SelectField
          value={columns.durationUnit}
          groups={TIME_UNITS.filter(({ value }) => value !== "date")}
          onChange={(next) => setColumns({ ...columns, durationUnit: next as DurationUnit })}
          label="How durations are written"
        />
      </div>
      <ReadingReport
        recording={recording}
        columns={["At", ...steps.map(({ title }) => title)]}
        cellsOf={([atMs, durations]) => [milliseconds(atMs), ...durations.map(milliseconds)]}
        summary={summaryOf(recording.items)}
        noun="requests"
        onTake={() => onTake(recording.items, endpoint)}
        onOther={onOther}
      />
    </>
  );
}
