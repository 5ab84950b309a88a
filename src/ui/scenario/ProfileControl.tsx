import { lazy, Suspense, useState } from "react";
import type { Curve } from "../../scenario/types";
import { Button } from "../controls/Button";
import { FieldRow, idsOf } from "./FieldRow";
import { field } from "./fields";
import { useField } from "./use-field";

/** Only for traffic that changes: see docs/decisions/what-loads-first.md. */
const ProfileSummary = lazy(() => import("./profile/ProfileSummary"));
const ProfileEditor = lazy(() => import("./profile/ProfileEditor"));

const DEFINITION = field("profile");
const IDS = idsOf(DEFINITION.id);

/** Whether traffic changes over time, and the way to the curve by which it does. */
export function ProfileControl() {
  const { value, isChanged, reset } = useField(DEFINITION.path);
  const [isEditing, setEditing] = useState(false);
  // The document allows nothing but a curve at this path.
  const curve = value as Curve | undefined;
  return (
    <FieldRow
      definition={DEFINITION}
      isChanged={isChanged}
      onReset={reset}
      control={
        <Button id={IDS.control} aria-expanded={isEditing} onClick={() => setEditing(!isEditing)}>
          {isEditing ? "Done" : curve === undefined ? "Draw a curve" : "Edit the curve"}
        </Button>
      }
      {...(curve === undefined && !isEditing ? {} : { explanation: "" })}
    >
      <Suspense fallback={null}>
        {isEditing ? <ProfileEditor /> : curve !== undefined && <ProfileSummary curve={curve} />}
      </Suspense>
    </FieldRow>
  );
}
