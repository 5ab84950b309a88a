import { boundText, measuredText, VERDICT_WORDS, valueText } from "../../analysis/claims/claim-text";
import type { JudgedClaim } from "../../analysis/claims/judge-claims";
import { CircleAlert, CircleCheck, CircleQuestionMark } from "../controls/icons";
import { Info } from "../controls/more-icons";
import styles from "./StepClaims.module.css";

const ICONS = {
  agrees: CircleCheck,
  differs: Info,
  fails: CircleAlert,
  "not-comparable": CircleQuestionMark,
} as const;

interface StepClaimsProps {
  readonly claims: readonly JudgedClaim[];
  /** How a claim came out with neighbouring values of what was assumed; empty where none were tried. */
  readonly neighbours: readonly { readonly label: string; readonly claims: readonly JudgedClaim[] }[];
  /** Whether some runs are still to come: what has no number yet has not failed. */
  readonly isWaiting: boolean;
}

/** What the article reports, what follows from it, and what the simulation gives, side by side. */
export function StepClaims({ claims, neighbours, isWaiting }: StepClaimsProps) {
  if (claims.length === 0)
    return <p className={styles.none}>This step claims nothing that a run could show.</p>;
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">What is claimed, and what the simulation gives</caption>
      <thead>
        <tr>
          <th scope="col">Claim</th>
          <th scope="col">Agrees if</th>
          <th scope="col">Simulation</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {claims.map((judged) => (
          <ClaimRow
            key={judged.claim.id}
            judged={judged}
            isOpen={isWaiting && judged.value === null && judged.verdict !== "not-comparable"}
            elsewhere={neighbours.flatMap(({ label, claims: others }) => {
              const other = others.find(({ claim }) => claim.id === judged.claim.id);
              return other === undefined || other.value === null ? [] : [{ label, other }];
            })}
          />
        ))}
      </tbody>
    </table>
  );
}

interface ClaimRowProps {
  readonly judged: JudgedClaim;
  readonly isOpen: boolean;
  readonly elsewhere: readonly { readonly label: string; readonly other: JudgedClaim }[];
}

function ClaimRow({ judged, isOpen, elsewhere }: ClaimRowProps) {
  const { claim, verdict } = judged;
  const Icon = ICONS[verdict];
  const failing = elsewhere.filter(({ other }) => other.verdict === "fails");
  return (
    <tr>
      <td>
        <span className={styles.status}>{claim.status}</span> {claim.text}
        {(claim.differs ?? claim.notComparable) !== undefined && (
          <span className={styles.why}>{claim.differs ?? claim.notComparable}</span>
        )}
        {elsewhere.length > 0 && (
          <span className={styles.why}>
            {failing.length === 0
              ? `Holds for all ${elsewhere.length} neighbouring values.`
              : `Does not hold with ${failing.map(({ label, other }) => `${label} (${valueText(other)})`).join(", ")}.`}
          </span>
        )}
      </td>
      <td>
        <span className={styles.number}>{boundText(judged)}</span>
        <span className={styles.why}>{measuredText(judged)}</span>
      </td>
      <td className={styles.number}>
        {isOpen ? "…" : verdict === "not-comparable" ? "" : valueText(judged)}
      </td>
      <td>
        {isOpen ? (
          <span className={styles.verdict}>not simulated yet</span>
        ) : (
          <span className={styles.verdict} data-verdict={verdict}>
            <Icon size={15} aria-hidden />
            {VERDICT_WORDS[verdict]}
          </span>
        )}
      </td>
    </tr>
  );
}
