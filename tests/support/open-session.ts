import { DEFAULT_SCENARIO } from "../../src/scenario/defaults";
import { findPreset, OPENING_PRESET_ID } from "../../src/scenario/presets";
import type { Scenario } from "../../src/scenario/types";
import { readHash } from "../../src/share/link";
import { createSession, type Session } from "../../src/store/session";
import type { StudyClient } from "../../src/workers/protocol";
import { FakeClient } from "./fake-client";
import { FakeEnvironment } from "./fake-environment";
import { FakeLiveClient } from "./fake-live-client";

export const DYNOS = "fleets.web.dynos";
export const OPENING = findPreset(OPENING_PRESET_ID)?.scenario ?? DEFAULT_SCENARIO;

async function noStudies(): Promise<StudyClient> {
  throw new Error("This session simulates no study.");
}

/** A session on a browser and a simulation that tests command; its address has been read. */
export async function openSession(environment = new FakeEnvironment(), loadStudies = noStudies) {
  const client = new FakeClient();
  const live = new FakeLiveClient();
  const session = createSession({ client, loadLive: async () => live, loadStudies, environment });
  await session.ready;
  const state = () => session.scenario.getState();
  const dynos = (): number | undefined => dynosOf(state().scenario);
  /** The scenario that the address bar holds. */
  const inAddress = async (): Promise<Scenario> => (await readHash(environment.address.hash())).scenario;
  return { client, live, environment, session, state, dynos, inAddress };
}

export function dynosOf(scenario: Scenario | undefined | null): number | undefined {
  return scenario?.fleets[0]?.dynos;
}

/** Drags the slider for dynos over some values, without releasing it. */
export function drag(session: Session, values: readonly number[]): void {
  for (const value of values) session.edit(DYNOS, value, { dragging: true });
}
