import type { ReactNode } from "react";
import { Button } from "../../controls/Button";
import { FileUp } from "../../controls/more-icons";
import styles from "./RecordingDialog.module.css";
import type { Recording } from "./read-recording";

interface ReadingReportProps<Item> {
  readonly recording: Recording<Item>;
  /** The columns of the preview. */
  readonly columns: readonly string[];
  /** An item's cells in the preview. */
  readonly cellsOf: (item: Item) => readonly string[];
  /** What was read, in a sentence. */
  readonly summary: string;
  readonly noun: string;
  readonly onTake: () => void;
  readonly onOther: () => void;
  readonly children?: ReactNode;
}

const PREVIEWED = 5;

function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** How a file was understood: its first items, what was left out, and the way to take it. */
export function ReadingReport<Item>(props: ReadingReportProps<Item>) {
  const { recording, columns, cellsOf, summary, noun, onTake, onOther } = props;
  const { items, badLines, badCount, beyond } = recording;
  const first = items.slice(0, PREVIEWED).map((item, position) => ({ cells: cellsOf(item), position }));
  return (
    <>
      <table className={styles.preview}>
        <caption className={styles.caption}>How the first lines are read</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first.map(({ cells, position }) => (
            <tr key={position}>
              {cells.map((cell, index) => (
                <td key={columns[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div role="status" className={styles.report}>
        <p>{summary}</p>
        {beyond > 0 && (
          <p className={styles.refusal}>
            A scenario holds at most {count(items.length)} {noun}. The last {count(beyond)} are left out.
          </p>
        )}
        {badCount > 0 && (
          <>
            <p className={styles.refusal}>
              {badCount === 1 ? "One line is" : `${count(badCount)} lines are`} left out:
            </p>
            <ul className={styles.bad}>
              {badLines.map(({ line, sentence }) => (
                <li key={line}>
                  Line {count(line)}: {sentence}
                </li>
              ))}
              {badCount > badLines.length && <li>and {count(badCount - badLines.length)} more</li>}
            </ul>
          </>
        )}
      </div>
      <div className={styles.actions}>
        <Button onClick={onOther}>
          <FileUp size={15} aria-hidden />
          Another file
        </Button>
        <span className={styles.space} />
        <Button look="primary" disabled={items.length === 0} onClick={onTake}>
          Import
        </Button>
      </div>
    </>
  );
}
