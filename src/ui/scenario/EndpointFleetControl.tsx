import type { Endpoint } from "../../scenario/types";
import { SelectField } from "../controls/SelectField";
import { useScenario } from "../shell/session-context";
import { anyField } from "./all-fields";
import { FieldRow, idsOf } from "./FieldRow";
import { SharesEditor } from "./SharesEditor";
import { withShare } from "./shares";
import { useField } from "./use-field";

const DEFINITION = anyField("endpoint-fleet");
/** No fleet can have this name: names are not empty. */
const SHARED = "";

/** Which fleet serves the endpoint, or how several share it. Nothing where there is one fleet. */
export function EndpointFleetControl() {
  const { value, isChanged, apply, reset } = useField(DEFINITION.path);
  const fleets = useScenario(({ scenario }) => scenario.fleets);
  const names = fleets.map(({ name }) => name);
  const ids = idsOf(DEFINITION.id);
  // The document allows nothing but a fleet's name or shares at this path.
  const fleet = value as Endpoint["fleet"];
  if (names.length === 1) return null;

  function choose(next: string) {
    const [first = ""] = names;
    apply(next === SHARED ? withShare({}, names, first, 1 / names.length) : next);
  }

  return (
    <FieldRow definition={DEFINITION} isChanged={isChanged} onReset={reset}>
      <SelectField
        id={ids.control}
        value={typeof fleet === "string" ? fleet : SHARED}
        groups={[
          ...names.map((name) => ({ value: name, label: name })),
          { value: SHARED, label: "Shared among fleets" },
        ]}
        onChange={choose}
        labelledBy={ids.label}
        describedBy={ids.hint}
      />
      {typeof fleet !== "string" && (
        <SharesEditor
          id={`${ids.control}-share`}
          names={names}
          shares={fleet}
          onChange={apply}
          label="Share of the fleet"
        />
      )}
    </FieldRow>
  );
}
