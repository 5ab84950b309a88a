import { DATABASE_PLANS, findDatabasePlan, resolveDatabasePlan } from "../../scenario/catalogue";
import type { DatabasePlan } from "../../scenario/types";
import { SelectField } from "../controls/SelectField";
import { CatalogueSource } from "./CatalogueSource";
import { CUSTOM, memoryText, planGroups, priceText } from "./catalogue-options";
import { FieldRow, idsOf } from "./FieldRow";
import { field } from "./fields";
import { HardwareFields, LIMIT_FIELDS, SIZE_FIELDS } from "./HardwareFields";
import { useField } from "./use-field";

const DEFINITION = field("plan");
const GROUPS = [...planGroups(DATABASE_PLANS), { value: CUSTOM, label: "Your own plan" }];

/** The numbers of a plan as a plan of one's own, to begin from. */
function ownPlan(plan: DatabasePlan): DatabasePlan {
  const { vcpus, memoryMb, monthlyUsd, connectionLimit, usableLimit } = resolveDatabasePlan(plan);
  return { vcpus, memoryMb, monthlyUsd, connectionLimit, enforcedConnectionLimit: usableLimit };
}

function describe(plan: DatabasePlan): string {
  const { connectionLimit, enforcedConnectionLimit, memoryMb, vcpus, monthlyUsd } = resolveDatabasePlan(plan);
  const enforced =
    enforcedConnectionLimit === null
      ? ""
      : ` advertised, ${enforcedConnectionLimit.toLocaleString("en-US")} enforced`;
  const connections = `${connectionLimit.toLocaleString("en-US")} connections${enforced}`;
  return `${connections}; ${vcpus} vCPUs, ${memoryText(memoryMb)}; ${priceText(monthlyUsd)} a month`;
}

/** The database's plan: out of the catalogue, with its source, or one's own. */
export function PlanControl() {
  const { value, isChanged, apply, reset } = useField(DEFINITION.path);
  // The document allows nothing but a plan at this path.
  const plan = value as DatabasePlan;
  const entry = typeof plan === "string" ? findDatabasePlan(plan) : undefined;
  const ids = idsOf(DEFINITION.id);

  return (
    <FieldRow
      definition={DEFINITION}
      isChanged={isChanged}
      onReset={reset}
      explanation={describe(plan)}
      footer={entry !== undefined && <CatalogueSource entry={entry} />}
    >
      <SelectField
        id={ids.control}
        value={typeof plan === "string" ? plan : CUSTOM}
        groups={GROUPS}
        onChange={(next) => apply(next === CUSTOM ? ownPlan(plan) : next)}
        labelledBy={ids.label}
        describedBy={ids.hint}
      />
      {typeof plan !== "string" && (
        <HardwareFields
          name="Database plan"
          fields={[...LIMIT_FIELDS, ...SIZE_FIELDS]}
          values={{ ...plan, enforcedConnectionLimit: plan.enforcedConnectionLimit ?? plan.connectionLimit }}
          onChange={(key, next) => apply({ ...plan, [key]: next })}
        />
      )}
    </FieldRow>
  );
}
