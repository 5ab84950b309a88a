import { lazy, Suspense, useState } from "react";
import { Button } from "../controls/Button";
import { IconButton } from "../controls/IconButton";
import { Pencil, Plus } from "../controls/icons";
import { useScenario } from "../shell/session-context";
import styles from "./AddItem.module.css";
import { ITEM_NOUNS, type ListName, useShownItem } from "./shown";
import { useItemChange } from "./use-item-change";

/** Only for those who rename: see docs/decisions/what-loads-first.md. */
const RenameItem = lazy(() => import("./RenameItem"));

/** The quiet way to a second workload, endpoint or fleet. While there is only one, it is renamed here too. */
export function AddItem({ list }: { readonly list: ListName }) {
  const { name } = useShownItem(list);
  const isOnly = useScenario(({ scenario }) => scenario[list].length === 1);
  const { refusal, change } = useItemChange(list);
  const [isRenaming, setRenaming] = useState(false);
  const noun = ITEM_NOUNS[list];

  return (
    <div className={styles.row}>
      <Button
        look="quiet"
        className={styles.action}
        onClick={() => void change(({ addItem }, scenario) => addItem(scenario, list, name))}
      >
        <Plus size={13} aria-hidden />
        Add {noun === "endpoint" ? "an" : "a"} {noun}
      </Button>
      {isOnly && (
        <IconButton
          className={styles.rename}
          label={`Rename ${noun} ${name}`}
          onClick={() => setRenaming(true)}
        >
          <Pencil size={12} aria-hidden />
        </IconButton>
      )}
      {isRenaming && isOnly && (
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
