import { CopyX, DatabaseZap, Rocket, Shuffle, Zap } from "lucide-react";
import { useState } from "react";
import { SPIKE_S, whyNot } from "../../store/live-actions";
import type { LiveAction } from "../../store/live-state";
import { SelectField } from "../controls/SelectField";
import { useLive, usePreferences, useScenario, useSession } from "../shell/session-context";
import { ActionButton } from "./ActionButton";
import styles from "./LivePanel.module.css";

interface Offered {
  readonly action: LiveAction;
  readonly label: string;
  readonly explanation: string;
  readonly Icon: typeof Zap;
}

function offeredFor(fleet: string): readonly Offered[] {
  return [
    {
      action: { do: "spike" },
      label: "Traffic spike",
      explanation: `Four times the traffic for ${SPIKE_S} s.`,
      Icon: Zap,
    },
    {
      action: { do: "killDyno", fleet },
      label: "Kill a dyno",
      explanation: "One dyno dies with all its requests, and boots again.",
      Icon: CopyX,
    },
    {
      action: { do: "deploy", fleet },
      label: "Deploy",
      explanation: "New dynos take the place of the old ones, with or without preboot as the fleet has it.",
      Icon: Rocket,
    },
    {
      action: { do: "restartDatabase" },
      label: "Restart database",
      explanation: "The database is down for 5 s, and all its connections are lost.",
      Icon: DatabaseZap,
    },
    {
      action: { do: "failover" },
      label: "Fail over",
      explanation: "The primary is lost, and its standby takes over when it has noticed.",
      Icon: Shuffle,
    },
  ];
}

/** Which fleet dynos are killed in and deployed to; the one that the controls are about, until another is chosen. */
function useFleet(): { readonly fleet: string; readonly choice: React.ReactNode } {
  const fleets = useScenario(({ scenario }) => scenario.fleets);
  const shown = usePreferences((state) => state.shown.fleets);
  const [chosen, setChosen] = useState<string | null>(null);
  const names = fleets.map(({ name }) => name);
  const fleet = names.find((name) => name === (chosen ?? shown)) ?? names[0] ?? "";
  const choice = names.length > 1 && (
    <span className={styles.fleet}>
      <SelectField
        label="Fleet to deploy to and to kill a dyno of"
        value={fleet}
        groups={names.map((name) => ({ value: name, label: name }))}
        onChange={setChosen}
      />
    </span>
  );
  return { fleet, choice };
}

/** What can be done to the running system. */
export function LiveActions() {
  const session = useSession();
  const scenario = useScenario((state) => state.scenario);
  const recorded = useLive((state) => state.recorded);
  // A spike ends between two whole seconds at the earliest.
  const wholeS = useLive((state) => Math.floor(state.nowS));
  const { fleet, choice } = useFleet();
  return (
    <fieldset className={styles.actions} aria-label="Do something to the system">
      {offeredFor(fleet).map(({ action, label, explanation, Icon }) => (
        <ActionButton
          key={action.do}
          explanation={explanation}
          reason={whyNot(action, scenario, recorded, wholeS)}
          onPress={() => session.live.act(action)}
        >
          <Icon size={14} aria-hidden />
          {label}
        </ActionButton>
      ))}
      {choice}
    </fieldset>
  );
}
