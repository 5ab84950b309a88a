import type { HealthCheck } from "../../scenario/types";
import { SwitchField } from "../controls/SwitchField";
import { anyField } from "./all-fields";
import { FieldRow, idsOf } from "./FieldRow";
import { seconds } from "./implied";
import { type NumberRow, NumberRows, Row } from "./NumberRows";
import { useField } from "./use-field";

const DEFINITION = anyField("health-check");
const IDS = idsOf(DEFINITION.id);

const TIME = { unit: "millisecondsAsSeconds", maximum: 1e9, integer: false, step: 500 } as const;
const CHECKS = { unit: "count", minimum: 1, maximum: 1000, integer: true, step: 1 } as const;

const ROWS: readonly NumberRow[] = [
  { key: "everyMs", label: "Every", ...TIME, minimum: 0.001 },
  { key: "timeoutMs", label: "Timeout", ...TIME, minimum: 0 },
  { key: "fall", label: "Failures until it is out", ...CHECKS },
  { key: "rise", label: "Successes until it is back", ...CHECKS },
];

/** What a check comes to: how long a dead dyno still gets requests. */
function impliedBy({ everyMs, fall, rise, throughApp }: HealthCheck): string {
  const sum = `A dead dyno is out within ${seconds(fall * everyMs)}, and back ${seconds(rise * everyMs)} after it serves`;
  return throughApp ? `${sum}. A check waits in the dyno’s line, so a busy dyno can fail it` : sum;
}

/** Whether dynos are asked if they work, how often, and what it takes to be out or back. */
export function HealthCheckControl() {
  const { value, isChanged, apply, reset } = useField(DEFINITION.path);
  // The document allows nothing but a check, or null, at this path.
  const check = value as HealthCheck | null;
  return (
    <FieldRow
      definition={DEFINITION}
      isChanged={isChanged}
      onReset={reset}
      explanation={
        check === null ? "None: a dead dyno is noticed by the connects that it refuses" : impliedBy(check)
      }
      control={
        <SwitchField
          id={IDS.control}
          checked={check !== null}
          onChange={(isOn) => apply(isOn ? {} : null)}
          labelledBy={IDS.label}
          describedBy={IDS.hint}
        />
      }
    >
      {check !== null && (
        <NumberRows
          name="Health check"
          rows={ROWS}
          values={{ ...check }}
          onChange={(key, next) => apply({ ...check, [key]: next })}
        >
          <Row label="Through the application">
            <SwitchField
              checked={check.throughApp}
              onChange={(throughApp) => apply({ ...check, throughApp })}
              label="Health check: through the application"
            />
          </Row>
        </NumberRows>
      )}
    </FieldRow>
  );
}
