import { useRef, useState } from "react";
import type { Endpoint } from "../../../scenario/types";
import { Button } from "../../controls/Button";
import { Dialog } from "../../controls/Dialog";
import { FileUp } from "../../controls/more-icons";
import { useScenario, useSession } from "../../shell/session-context";
import { shownWorkload, useShownPath } from "../shown";
import { asReplay } from "../traffic-kinds";
import { CurveForm } from "./CurveForm";
import styles from "./RecordingDialog.module.css";
import { RequestsForm } from "./RequestsForm";
import type { CurvePoint, RecordedRequest } from "./read-recording";
import { readTable, type TextTable } from "./text-table";

/** Larger files take the browser minutes and more memory than it has. */
const MOST_BYTES = 100_000_000;

const WORDS = {
  requests: {
    title: "Replay recorded requests",
    note: "A file with a line for each request: its time, and how long each of its steps took. Every request is sent at its own time with its own durations; nothing is drawn.",
    example: "at_ms,query_ms,wait_ms\n12.5,500,480.2\n31.0,500,512.9",
  },
  curve: {
    title: "Import a measured curve",
    note: "A file with a line for each point: a time and the rate of requests then. Between two points the rate changes evenly.",
    example: "time,requests_per_second\n2026-11-21T09:00:00Z,75\n2026-11-21T09:05:00Z,140",
  },
} as const;

interface RecordingDialogProps {
  readonly what: keyof typeof WORDS;
  /** The endpoint that the requests are first read for. */
  readonly endpoint: string;
  readonly onClose: () => void;
}

interface OpenFile {
  readonly name: string;
  readonly table: TextTable;
}

/** Traffic out of the reader's own file, which stays in this browser. */
export default function RecordingDialog({ what, endpoint: initial, onClose }: RecordingDialogProps) {
  const session = useSession();
  const path = useShownPath("workloads.*");
  const endpoints = useScenario(({ scenario }) => scenario.endpoints);
  const [file, setFile] = useState<OpenFile | null>(null);
  const [endpointName, setEndpointName] = useState(initial);
  const [refusal, setRefusal] = useState<string | null>(null);
  const fileInput = useRef<HTMLInputElement>(null);
  const endpoint = endpoints.find(({ name }) => name === endpointName) ?? endpoints[0];
  const words = WORDS[what];

  async function open(chosen: File | undefined) {
    if (chosen === undefined) return;
    setFile(null);
    if (chosen.size > MOST_BYTES) {
      setRefusal(
        `${chosen.name} has ${Math.round(chosen.size / 1e6)} MB; 100 MB is the most that can be read here.`,
      );
      return;
    }
    const table = readTable(await chosen.text());
    const isTable = table.rows.length > 0 && table.columns.length > 1;
    setFile(isTable ? { name: chosen.name, table } : null);
    setRefusal(isTable ? null : `${chosen.name} has no lines with several values.`);
  }

  function present() {
    return shownWorkload(session.scenario.getState().scenario, session.preferences.getState().shown);
  }

  function take(value: object) {
    const sentence = session.edit(path, value)[0]?.sentence ?? null;
    if (sentence === null) onClose();
    else setRefusal(sentence);
  }

  function takeRequests(requests: readonly RecordedRequest[], of: Endpoint) {
    take({ ...asReplay(present(), requests), endpoint: of.name });
  }

  function takeCurve(trace: readonly CurvePoint[]) {
    const workload = present();
    if (workload.kind !== "open") return;
    // The two exclude each other: a measured curve has its own ups and downs.
    const { profile: _profile, ...rest } = workload;
    take({ ...rest, trace });
  }

  return (
    <Dialog title={words.title} onClose={onClose}>
      <p className={styles.note}>{words.note}</p>
      <input
        ref={fileInput}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        hidden
        aria-label="File of values"
        onChange={(event) => {
          void open(event.target.files?.[0]);
          // So that the same file can be chosen again after it was mended.
          event.target.value = "";
        }}
      />
      {file === null ? (
        <pre className={styles.example}>{words.example}</pre>
      ) : (
        <p className={styles.file}>
          {file.name}, {file.table.rows.length.toLocaleString("en-US")}{" "}
          {file.table.rows.length === 1 ? "line" : "lines"} of values
        </p>
      )}
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
      {file === null && (
        <div className={styles.actions}>
          <Button look="primary" onClick={() => fileInput.current?.click()}>
            <FileUp size={15} aria-hidden />
            Choose a file
          </Button>
          <span className={styles.quiet}>It stays in this browser.</span>
          <span className={styles.space} />
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      )}
      {file !== null && what === "requests" && endpoint !== undefined && (
        <RequestsForm
          key={`${file.name} ${endpoint.name}`}
          table={file.table}
          endpoint={endpoint}
          endpoints={endpoints}
          onEndpoint={setEndpointName}
          onTake={takeRequests}
          onOther={() => fileInput.current?.click()}
        />
      )}
      {file !== null && what === "curve" && (
        <CurveForm
          key={file.name}
          table={file.table}
          onTake={takeCurve}
          onOther={() => fileInput.current?.click()}
        />
      )}
    </Dialog>
  );
}
