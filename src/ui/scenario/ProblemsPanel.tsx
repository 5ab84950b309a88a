import { IconButton } from "../controls/IconButton";
import { Info, X } from "../controls/more-icons";
import { ProblemList } from "../controls/ProblemList";
import { useScenario, useSession } from "../shell/session-context";
import styles from "./ProblemsPanel.module.css";

/** What is said of several values, and of one. */
function counted(count: number, one: string, several: string): string {
  return count === 1 ? `One value ${one}` : `${count} values ${several}`;
}

/** What a link or file had that could not be used, and what is used instead. Quiet, and gone when dismissed. */
export default function ProblemsPanel() {
  const session = useSession();
  const problems = useScenario((state) => state.problems);
  if (problems.length === 0) return null;
  // What stands as it was found was read, and only does nothing.
  const leftOut = problems.filter(({ found, instead }) => instead !== found).length;
  return (
    <section className={styles.panel} aria-labelledby="problems-title">
      <header className={styles.header}>
        <Info className={styles.icon} size={16} aria-hidden />
        <h2 className={styles.title} id="problems-title">
          {leftOut > 0
            ? counted(leftOut, "was left out", "were left out")
            : counted(problems.length, "has no effect", "have no effect")}
        </h2>
        <p className={styles.note}>
          {leftOut > 0
            ? "Everything else was read. Defaults stand in their place."
            : "Everything was read, and is kept."}
        </p>
        <IconButton label="Dismiss" onClick={() => session.dismissProblems()}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <ProblemList problems={problems} />
    </section>
  );
}
