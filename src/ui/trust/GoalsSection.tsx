import type { TheoryReport } from "../../analysis/theory-report";
import type { ValidationReport } from "../../analysis/validation-report";
import { Met } from "./Met";
import { TableFrame } from "./TableFrame";
import styles from "./Trust.module.css";
import { goalText } from "./trust-text";

/** First of all: what was promised before it was measured, and what came of it. */
export function GoalsSection({ validation, theory }: { validation: ValidationReport; theory: TheoryReport }) {
  const { goals } = validation;
  const within = theory.cases.filter((one) => one.within).length;
  const hasTheory = theory.cases.length > 0;
  const isTheoryMet = within > 0 && within === theory.cases.length;
  const met = goals.filter((goal) => goal.met).length + Number(isTheoryMet);
  const all = goals.length + 1;
  return (
    <section className={styles.section} aria-labelledby="trust-goals">
      <h2 id="trust-goals">What was promised, and what came of it</h2>
      <p className={styles.summary}>
        {met === all ? `All ${all} goals are met.` : `${met} of ${all} goals are met.`}
      </p>
      <TableFrame label="Goals">
        <table className={styles.table}>
          <caption className="visually-hidden">Goals against what was reached</caption>
          <thead>
            <tr>
              <th scope="col">goal</th>
              <th scope="col" data-number>
                asked
              </th>
              <th scope="col" data-number>
                reached
              </th>
              <th scope="col">outcome</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">theory: figures that agree with the exact result</th>
              <td data-number>{hasTheory ? `all of ${theory.cases.length}` : "all"}</td>
              <td data-number>{hasTheory ? within : "not measured yet"}</td>
              <td>
                <Met is={isTheoryMet} />
              </td>
            </tr>
            {goals.map((goal) => (
              <tr key={goal.name}>
                <th scope="row">real stack: {goal.name}</th>
                <td data-number>
                  {goal.direction === "at-most" ? "at most" : "at least"} {goalText(goal, goal.goal)}
                </td>
                <td data-number>{goalText(goal, goal.reached)}</td>
                <td>
                  <Met is={goal.met} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <p className={styles.note}>
        Measured with engine {validation.engine}
        {theory.engine === validation.engine ? "" : `, theory with engine ${theory.engine}`}. A goal stays in
        this table when it is missed.
      </p>
    </section>
  );
}
