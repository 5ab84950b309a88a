import { Info, X } from "lucide-react";
import { IconButton } from "../controls/IconButton";
import { ProblemList } from "../controls/ProblemList";
import { useScenario, useSession } from "../shell/session-context";
import styles from "./ProblemsPanel.module.css";

/** What a link or file had that could not be used, and what is used instead. Quiet, and gone when dismissed. */
export function ProblemsPanel() {
  const session = useSession();
  const problems = useScenario((state) => state.problems);
  if (problems.length === 0) return null;
  return (
    <section className={styles.panel} aria-labelledby="problems-title">
      <header className={styles.header}>
        <Info className={styles.icon} size={16} aria-hidden />
        <h2 className={styles.title} id="problems-title">
          {problems.length === 1 ? "One value was left out" : `${problems.length} values were left out`}
        </h2>
        <p className={styles.note}>Everything else was read. Defaults stand in their place.</p>
        <IconButton label="Dismiss" onClick={() => session.dismissProblems()}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <ProblemList problems={problems} />
    </section>
  );
}
