import type { Mix } from "../../scenario/types";
import { NumberField } from "../controls/NumberField";
import type { QuantityRules } from "../controls/quantity";
import styles from "./SharesEditor.module.css";
import { withShare } from "./shares";

const RULES: QuantityRules = { unit: "percent", minimum: 0, maximum: 1, integer: false };

interface SharesEditorProps {
  /** The id of the first field. */
  readonly id: string;
  readonly names: readonly string[];
  readonly shares: Mix;
  /** Applies the shares; a sentence comes back where they were refused. */
  readonly onChange: (shares: Mix) => string | null;
  /** What the shares are of, for people who hear the page: "Share of hey". */
  readonly label: string;
}

/** How a whole is shared among names. Changing one share leaves the others in proportion. */
export function SharesEditor({ id, names, shares, onChange, label }: SharesEditorProps) {
  return (
    <div className={styles.list}>
      {names.map((name, position) => (
        <span className={styles.share} key={name} data-none={(shares[name] ?? 0) === 0 || undefined}>
          <span className={styles.name}>{name}</span>
          <NumberField
            {...(position === 0 ? { id } : {})}
            value={shares[name] ?? 0}
            rules={RULES}
            step={0.05}
            onCommit={(value) => onChange(withShare(shares, names, name, value))}
            label={`${label}: ${name}`}
          />
        </span>
      ))}
    </div>
  );
}
