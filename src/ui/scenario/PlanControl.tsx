import { lazy, Suspense } from "react";
import { DATABASE_PLANS, findDatabasePlan, resolveDatabasePlan } from "../../scenario/catalogue";
import type { DatabasePlan } from "../../scenario/types";
import { SelectField } from "../controls/SelectField";
import { CatalogueSource } from "./CatalogueSource";
import { CUSTOM, memoryText, planGroups, priceText } from "./catalogue-options";
import { FieldRow, idsOf } from "./FieldRow";
import type { FieldDefinition } from "./field-types";
import { useField } from "./use-field";

/** Only for plans that are not in the catalogue: see docs/decisions/what-loads-first.md. */
const HardwareFields = lazy(() => import("./HardwareFields"));

const NONE = "";
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

interface PlanControlProps {
  readonly definition: FieldDefinition;
  /** What the plan is of, for people who hear the page: "Database plan". */
  readonly name: string;
  /** Where no plan may be chosen: what that means. */
  readonly whenNone?: string;
  /** The plan to begin one's own from, where none is chosen. */
  readonly from?: DatabasePlan;
}

/** A database's plan: out of the catalogue, with its source, or one's own. */
export function PlanControl({ definition, name, whenNone, from = "standard-0" }: PlanControlProps) {
  const { value, isChanged, apply, reset } = useField(definition.path);
  // The document allows nothing but a plan, or null, at this path.
  const plan = value as DatabasePlan | null;
  const entry = typeof plan === "string" ? findDatabasePlan(plan) : undefined;
  const ids = idsOf(definition.id);

  function choose(next: string) {
    if (next === NONE) apply(null);
    else apply(next === CUSTOM ? ownPlan(plan ?? from) : next);
  }

  return (
    <FieldRow
      definition={definition}
      isChanged={isChanged}
      onReset={reset}
      {...(plan === null ? {} : { explanation: describe(plan) })}
      footer={entry !== undefined && <CatalogueSource entry={entry} />}
    >
      <SelectField
        id={ids.control}
        value={plan === null ? NONE : typeof plan === "string" ? plan : CUSTOM}
        groups={whenNone === undefined ? GROUPS : [{ value: NONE, label: whenNone }, ...GROUPS]}
        onChange={choose}
        labelledBy={ids.label}
        describedBy={ids.hint}
      />
      {plan !== null && typeof plan !== "string" && (
        <Suspense fallback={null}>
          <HardwareFields
            name={name}
            isPlan
            values={{
              ...plan,
              enforcedConnectionLimit: plan.enforcedConnectionLimit ?? plan.connectionLimit,
            }}
            onChange={(key, next) => apply({ ...plan, [key]: next })}
          />
        </Suspense>
      )}
    </FieldRow>
  );
}
