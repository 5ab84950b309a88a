import type { ValidatedTrial } from "../../analysis/validation-report";
import { formatPercent } from "../../base/format";
import { Met } from "./Met";
import { Prose } from "./Prose";
import styles from "./Trust.module.css";
import { errorText, FIGURE_NAMES, FIGURE_WORDS, figureText } from "./trust-text";

/** A trial's figures in full: measured, simulated, the range, and how far the stack's own repeats differ. */
export function TrialDetail({ trial }: { readonly trial: ValidatedTrial }) {
  const { figures, failures, repeatSpread, explanation, strictlyValid, description } = trial;
  const names = FIGURE_NAMES.filter((name) => figures[name] !== undefined);
  const hasReplay = names.some((name) => figures[name]?.replayed !== null);
  return (
    <div className={styles.detailBody}>
      <p className={styles.onlyNarrow}>{description}</p>
      {explanation !== null && (
        <p>
          <Prose text={explanation} />
        </p>
      )}
      {!strictlyValid && <p>Other work kept the machine busy while this was measured.</p>}
      <table className={styles.table}>
        <caption className="visually-hidden">Figures of the trial {trial.id}</caption>
        <thead>
          <tr>
            <th scope="col">figure</th>
            <th scope="col">measured</th>
            <th scope="col">simulated</th>
            <th scope="col">95 % of runs</th>
            {hasReplay && <th scope="col">same arrivals</th>}
            <th scope="col">error</th>
            {repeatSpread !== null && <th scope="col">repeats differ by</th>}
            <th scope="col">range</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const figure = figures[name];
            if (figure === undefined) return null;
            const [low, high] = figure.interval;
            const spread = repeatSpread?.[name];
            return (
              <tr key={name}>
                <th scope="row">{FIGURE_WORDS[name]}</th>
                <td>{figureText(name, figure.measured)}</td>
                <td>{figureText(name, figure.simulated)}</td>
                <td>
                  {figureText(name, low)} to {figureText(name, high)}
                </td>
                {hasReplay && <td>{figure.replayed === null ? "–" : figureText(name, figure.replayed)}</td>}
                <td>{errorText(name, figure.error)}</td>
                {repeatSpread !== null && <td>{spread === undefined ? "–" : formatPercent(spread)}</td>}
                <td>
                  <Met is={figure.inside} yes="inside" no="outside" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {failures.length > 0 && (
        <table className={styles.table}>
          <caption className="visually-hidden">Failures of the trial {trial.id} by kind</caption>
          <thead>
            <tr>
              <th scope="col">failures</th>
              <th scope="col">measured</th>
              <th scope="col">simulated</th>
            </tr>
          </thead>
          <tbody>
            {failures.map(({ kind, measured, simulated }) => (
              <tr key={kind}>
                <th scope="row">{kind}</th>
                <td>{formatPercent(measured)}</td>
                <td>{formatPercent(simulated)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
