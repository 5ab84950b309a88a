import type { Problem } from "../../scenario/types";
import styles from "./ProblemList.module.css";

/** More than this is not read by anybody. */
const MOST = 50;

/** Problems of a document: where, what was found, and what is allowed. All of it is shown as text. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  const rest = problems.length - MOST;
  return (
    <div className={styles.scroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">Found</th>
            <th scope="col">What it means</th>
          </tr>
        </thead>
        <tbody>
          {problems.slice(0, MOST).map(({ path, found, sentence }) => (
            <tr key={`${path} ${found} ${sentence}`}>
              <th className={styles.path} scope="row">
                {path === "" ? "the whole" : path}
              </th>
              <td className={styles.found}>{found}</td>
              <td>{sentence}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className={styles.rest}>and {rest} more</p>}
    </div>
  );
}
