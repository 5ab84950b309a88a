import { lazy, Suspense, useState } from "react";
import { IconButton } from "../controls/IconButton";
import { Pencil, Trash2 } from "../controls/icons";
import { SelectField } from "../controls/SelectField";
import { useScenario, useSession } from "../shell/session-context";
import styles from "./ItemChooser.module.css";
import { ITEM_NOUNS, type ListName, useShownItem } from "./shown";
import { useItemChange } from "./use-item-change";

/** Only for those who rename: see docs/decisions/what-loads-first.md. */
const RenameItem = lazy(() => import("./RenameItem"));

interface ItemChooserProps {
  readonly list: ListName;
  /** Whether items can be renamed and removed here; elsewhere one only chooses. */
  readonly isHome?: boolean;
}

/** Which of several workloads, endpoints or fleets the controls below are about. Nothing where there is one. */
export function ItemChooser({ list, isHome = false }: ItemChooserProps) {
  const session = useSession();
  const items = useScenario(({ scenario }) => scenario[list]);
  const { name } = useShownItem(list);
  const { refusal, change } = useItemChange(list);
  const [isRenaming, setRenaming] = useState(false);
  if (items.length === 1) return null;
  const noun = ITEM_NOUNS[list];

  function choose(next: string) {
    const { shown } = session.preferences.getState();
    session.preferences.setState({ shown: { ...shown, [list]: next } });
  }

  return (
    <div className={styles.chooser}>
      <span className={styles.noun} aria-hidden>
        {noun}
      </span>
      <SelectField
        value={name}
        groups={items.map((item) => ({ value: item.name, label: item.name }))}
        onChange={choose}
        label={`Shown ${noun}`}
      />
      {isHome && (
        <span className={styles.actions}>
          <IconButton
            className={styles.action}
            label={`Rename ${noun} ${name}`}
            onClick={() => setRenaming(true)}
          >
            <Pencil size={13} aria-hidden />
          </IconButton>
          <IconButton
            className={styles.action}
            label={`Remove ${noun} ${name}`}
            onClick={() => void change(({ removeItem }, scenario) => removeItem(scenario, list, name))}
          >
            <Trash2 size={13} aria-hidden />
          </IconButton>
        </span>
      )}
      {isRenaming && (
        <Suspense fallback={null}>
          <RenameItem key={name} list={list} name={name} onDone={() => setRenaming(false)} />
        </Suspense>
      )}
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}
