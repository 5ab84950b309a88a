import { Trash2 } from "lucide-react";
import type { Curve } from "../../../scenario/types";
import { IconButton } from "../../controls/IconButton";
import { NumberField } from "../../controls/NumberField";
import type { QuantityRules } from "../../controls/quantity";
import styles from "./ProfileEditor.module.css";

const TIME: QuantityRules = { unit: "seconds", minimum: 0, maximum: 1e6, integer: false };
const FACTOR: QuantityRules = { unit: "ratio", minimum: 0, maximum: 1e6, integer: false };
/** More rows than this are not edited by hand: such a curve comes from a file. */
const MOST_ROWS = 200;

interface PointTableProps {
  readonly curve: Curve;
  readonly stepS: number;
  /** What a factor comes to: "113/s". */
  readonly implied: (factor: number) => string;
  readonly measure: string;
  /** Applies a curve; a sentence comes back where it was refused. */
  readonly onChange: (curve: Curve) => string | null;
  readonly onRemove: (position: number) => void;
}

/** The points of a curve as exact numbers. */
export function PointTable({ curve, stepS, implied, measure, onChange, onRemove }: PointTableProps) {
  // A point has no name of its own: its place is what it is, until points come or go.
  const rows = curve
    .slice(0, MOST_ROWS)
    .map((point, position) => ({ point, position, key: `${position} of ${curve.length}` }));
  return (
    <div className={styles.scroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">At</th>
            <th scope="col">Factor</th>
            <th scope="col">{measure}</th>
            <th scope="col">
              <span className="visually-hidden">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, point: [atS, factor], position }) => (
            <tr key={key}>
              <td>
                <NumberField
                  value={atS}
                  rules={TIME}
                  step={stepS}
                  onCommit={(next) => onChange(curve.with(position, [next, factor]))}
                  label={`Point ${position + 1}: time`}
                />
              </td>
              <td className={styles.factor}>
                <NumberField
                  value={factor}
                  rules={FACTOR}
                  step={0.1}
                  onCommit={(next) => onChange(curve.with(position, [atS, next]))}
                  label={`Point ${position + 1}: factor`}
                />
              </td>
              <td>{implied(factor)}</td>
              <td>
                <IconButton
                  className={styles.action}
                  label={`Remove point ${position + 1}`}
                  disabled={curve.length === 1}
                  onClick={() => onRemove(position)}
                >
                  <Trash2 size={13} aria-hidden />
                </IconButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {curve.length > MOST_ROWS && <p>and {curve.length - MOST_ROWS} more</p>}
    </div>
  );
}
