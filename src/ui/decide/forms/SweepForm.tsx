import { getAt } from "../../../scenario/paths";
import type { Scenario } from "../../../scenario/types";
import type { Axis, SweepQuestion } from "../../../study/question-types";
import { Button } from "../../controls/Button";
import { Plus, Trash2 } from "../../controls/icons";
import { SelectField } from "../../controls/SelectField";
import { type ParameterGroup, parameterOptions } from "../../shell/parameters";
import { axisAround } from "../axis-values";
import { findParameter } from "../default-questions";
import { Labelled, ReplicationsEntry } from "../fields";
import { AxisValues } from "./AxisValues";
import styles from "./forms.module.css";

interface SweepFormProps {
  readonly question: SweepQuestion;
  readonly onChange: (question: SweepQuestion) => void;
  readonly scenario: Scenario;
  readonly groups: readonly ParameterGroup[];
}

const MOST_VALUES = 40;
const STEPS = 12;

/** Which parameters, and which values of each. */
export function SweepForm({ question, onChange, scenario, groups }: SweepFormProps) {
  const { axes } = question;
  const change = (place: number, axis: Axis) => onChange({ ...question, axes: axes.with(place, axis) });
  const fresh = (path: string): Axis | null => {
    const parameter = findParameter(groups, path);
    return parameter === undefined ? null : axisAround(parameter, getAt(scenario, path), STEPS);
  };
  const another = groups
    .flatMap(({ parameters }) => parameters)
    .find(({ path }) => axes.every((axis) => axis.path !== path));
  const cells = axes.reduce((product, { values }) => product * values.length, 1);

  return (
    <div className={styles.block}>
      <div className={styles.axes}>
        {axes.map((axis, place) => {
          const parameter = findParameter(groups, axis.path);
          const others = axes.filter((other) => other !== axis).map(({ path }) => path);
          const free = groups
            .map((group) => ({
              ...group,
              parameters: group.parameters.filter(({ path }) => !others.includes(path)),
            }))
            .filter(({ parameters }) => parameters.length > 0);
          return (
            <div className={styles.axis} key={place === 0 ? "first" : "second"}>
              <div className={styles.axisHead}>
                <Labelled label={place === 0 ? "First parameter" : "Second parameter"}>
                  {(id) => (
                    <SelectField
                      value={axis.path}
                      groups={[
                        ...(parameter === undefined ? [{ value: axis.path, label: axis.path }] : []),
                        ...parameterOptions(free),
                      ]}
                      onChange={(path) => change(place, fresh(path) ?? axis)}
                      labelledBy={id}
                    />
                  )}
                </Labelled>
                {axes.length > 1 && (
                  <Button
                    look="quiet"
                    aria-label={`Leave out ${parameter?.name ?? axis.path}`}
                    onClick={() => onChange({ ...question, axes: axes.toSpliced(place, 1) })}
                  >
                    <Trash2 size={15} aria-hidden />
                  </Button>
                )}
              </div>
              {parameter === undefined ? (
                <p className={styles.note}>{axis.values.map(String).join(", ")}</p>
              ) : (
                <AxisValues
                  key={axis.path}
                  parameter={parameter}
                  axis={axis}
                  onChange={(next) => change(place, next)}
                  most={MOST_VALUES}
                />
              )}
            </div>
          );
        })}
      </div>
      <div className={styles.row}>
        {axes.length === 1 && another !== undefined && (
          <Button
            onClick={() => {
              const axis = fresh(another.path);
              if (axis !== null) onChange({ ...question, axes: [...axes, axis] });
            }}
          >
            <Plus size={15} aria-hidden />A second parameter
          </Button>
        )}
        <ReplicationsEntry
          value={question.replications}
          onChange={(replications) => onChange({ ...question, replications })}
        />
        <p className={styles.note}>
          {cells.toLocaleString("en-US")} {cells === 1 ? "combination" : "combinations"},{" "}
          {(cells * question.replications).toLocaleString("en-US")} runs
        </p>
      </div>
    </div>
  );
}
