import type {
  ComparedDisturbance,
  ValidatedDisturbance,
  ValidatedTrial,
} from "../../analysis/validation-report";
import { formatPercent } from "../../base/format";
import { DISTURBANCE_NAMES, DISTURBANCE_WORDS, disturbanceText } from "./disturbance-text";
import { Met } from "./Met";
import { Prose } from "./Prose";
import { SecondsPicture } from "./SecondsPicture";
import styles from "./Trust.module.css";

interface DisturbanceDetailProps {
  readonly trial: ValidatedTrial;
  readonly disturbance: ValidatedDisturbance;
}

/** All that is compared of a trial in which something changes, and its seconds as a picture. */
export function DisturbanceDetail({ trial, disturbance }: DisturbanceDetailProps) {
  const { description, explanation, strictlyValid, id } = trial;
  const { figures, failures } = disturbance;
  return (
    <div className={styles.detailBody}>
      <p className={styles.onlyNarrow}>{description}</p>
      {explanation !== null && (
        <p>
          <Prose text={explanation} />
        </p>
      )}
      {!strictlyValid && <p>Other work kept the machine busy while this was measured.</p>}
      <SecondsPicture disturbance={disturbance} size="large" />
      <table className={styles.table}>
        <caption className="visually-hidden">What changes in the trial {id}</caption>
        <thead>
          <tr>
            <th scope="col">figure</th>
            <th scope="col">measured</th>
            <th scope="col">simulated</th>
            <th scope="col">95 % of runs</th>
            <th scope="col">outcome</th>
          </tr>
        </thead>
        <tbody>
          {failures.map((failure) => (
            <Row key={failure.kind} name={`failed: ${failure.kind}`} figure={failure} text={formatPercent} />
          ))}
          {DISTURBANCE_NAMES.map((name) => {
            const figure = figures[name];
            if (figure === undefined) return null;
            const text = (value: number) => disturbanceText(name, value);
            return <Row key={name} name={DISTURBANCE_WORDS[name]} figure={figure} text={text} />;
          })}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly name: string;
  readonly figure: ComparedDisturbance;
  readonly text: (value: number) => string;
}

function Row({ name, figure, text }: RowProps) {
  const { measured, simulated, interval, inside, agrees } = figure;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{text(measured)}</td>
      <td>{text(simulated)}</td>
      <td>
        {text(interval[0])} to {text(interval[1])}
      </td>
      <td>
        <Met is={agrees} yes={inside ? "inside" : "near enough"} no="outside" />
      </td>
    </tr>
  );
}
