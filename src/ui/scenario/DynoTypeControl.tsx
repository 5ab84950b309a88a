import { lazy, Suspense } from "react";
import { DYNO_TYPES, findDynoType, resolveDynoType } from "../../scenario/catalogue";
import type { DynoType } from "../../scenario/types";
import { SelectField } from "../controls/SelectField";
import { CatalogueSource } from "./CatalogueSource";
import { CUSTOM, dynoTypeGroups, memoryText, priceText } from "./catalogue-options";
import { FieldRow, idsOf } from "./FieldRow";
import { field } from "./fields";
import { useField } from "./use-field";

/** Only for sizes that are not in the catalogue: see docs/decisions/what-loads-first.md. */
const HardwareFields = lazy(() => import("./HardwareFields"));

const DEFINITION = field("dyno-type");
const GROUPS = [...dynoTypeGroups(DYNO_TYPES), { value: CUSTOM, label: "Your own size" }];

/** The dynos' size: out of the catalogue, with its source, or one's own. */
export function DynoTypeControl() {
  const { value, isChanged, apply, reset } = useField(DEFINITION.path);
  // The document allows nothing but a dyno type at this path.
  const dynoType = value as DynoType;
  const { vcpus, memoryMb, monthlyUsd } = resolveDynoType(dynoType);
  const entry = typeof dynoType === "string" ? findDynoType(dynoType) : undefined;
  const ids = idsOf(DEFINITION.id);

  return (
    <FieldRow
      definition={DEFINITION}
      isChanged={isChanged}
      onReset={reset}
      explanation={`${vcpus} vCPUs, ${memoryText(memoryMb)}; ${priceText(monthlyUsd)} a month each`}
      footer={entry !== undefined && <CatalogueSource entry={entry} />}
    >
      <SelectField
        id={ids.control}
        value={typeof dynoType === "string" ? dynoType : CUSTOM}
        groups={GROUPS}
        onChange={(next) => apply(next === CUSTOM ? { vcpus, memoryMb, monthlyUsd } : next)}
        labelledBy={ids.label}
        describedBy={ids.hint}
      />
      {typeof dynoType !== "string" && (
        <Suspense fallback={null}>
          <HardwareFields
            name="Dyno type"
            values={dynoType}
            onChange={(key, next) => apply({ ...dynoType, [key]: next })}
          />
        </Suspense>
      )}
    </FieldRow>
  );
}
