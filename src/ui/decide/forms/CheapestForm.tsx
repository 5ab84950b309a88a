import { getAt } from "../../../scenario/paths";
import type { Scenario } from "../../../scenario/types";
import type { CheapestQuestion } from "../../../study/question-types";
import type { ParameterGroup } from "../../shell/parameters";
import { movableParameters, movedAxis } from "../default-questions";
import { ReplicationsEntry } from "../fields";
import { hasObjective } from "../measures";
import { AxisValues } from "./AxisValues";
import styles from "./forms.module.css";

interface CheapestFormProps {
  readonly question: CheapestQuestion;
  readonly onChange: (question: CheapestQuestion) => void;
  readonly scenario: Scenario;
  readonly groups: readonly ParameterGroup[];
}

const MOST_VALUES = 100;

/** What may move, and to what. */
export function CheapestForm({ question, onChange, scenario, groups }: CheapestFormProps) {
  const { axes } = question;
  const parameters = movableParameters({ scenario, baseline: null, groups });
  // A link may let something else move.
  const unlisted = axes.filter(({ path }) => parameters.every((parameter) => parameter.path !== path));
  const space = axes.reduce((product, { values }) => product * values.length, 1);
  return (
    <div className={styles.block}>
      {!hasObjective(scenario.slo) && (
        <p className={styles.note}>
          This scenario has no objective yet: set one in the controls under Objective, and ask then.
        </p>
      )}
      <fieldset className={styles.moves} aria-label="What may change">
        {parameters.map((parameter) => {
          const axis = axes.find(({ path }) => path === parameter.path);
          return (
            <div className={styles.move} key={parameter.path}>
              <label className={styles.choice}>
                <input
                  type="checkbox"
                  checked={axis !== undefined}
                  onChange={({ target }) =>
                    onChange({
                      ...question,
                      axes: parameters
                        .flatMap((one) => {
                          const present = axes.find(({ path }) => path === one.path);
                          if (one.path !== parameter.path) return present ?? [];
                          return target.checked ? movedAxis(one, getAt(scenario, one.path)) : [];
                        })
                        .concat(unlisted),
                    })
                  }
                />
                {parameter.name}
              </label>
              {axis !== undefined && (
                <AxisValues
                  parameter={parameter}
                  axis={axis}
                  most={MOST_VALUES}
                  onChange={(next) =>
                    onChange({ ...question, axes: axes.map((one) => (one === axis ? next : one)) })
                  }
                />
              )}
            </div>
          );
        })}
      </fieldset>
      <div className={styles.row}>
        <ReplicationsEntry
          value={question.replications}
          least={4}
          onChange={(replications) => onChange({ ...question, replications })}
        />
        <p className={styles.note}>
          {space.toLocaleString("en-US")} {space === 1 ? "configuration" : "configurations"}
          {unlisted.length > 0 && `; also moves ${unlisted.map(({ path }) => path).join(", ")}`}
        </p>
      </div>
    </div>
  );
}
