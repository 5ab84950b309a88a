import { expect, onTestFinished, vi } from "vitest";
import type { Scenario } from "../../src/scenario/types";
import { StudySession } from "../../src/store/study-session";
import type { SweepQuestion } from "../../src/study/question-types";
import type { StudyClient } from "../../src/workers/protocol";
import { FakeStudyClient } from "./fake-study-client";
import { station } from "./hand-made-studies";
import { ManualClock } from "./manual-clock";

/** What studies of these tests are about. */
export const BASE = station({ run: { durationS: 4, warmupS: 1 } });

/** A question of one run for each value. */
export function threads(...values: readonly number[]): SweepQuestion {
  return { kind: "sweep", axes: [{ path: "fleets.web.threads", values }], replications: 1 };
}

/** Studies of a page whose time and simulations a test moves. */
export function openStudies(
  options: { readonly load?: () => Promise<StudyClient>; readonly base?: Scenario } = {},
) {
  const client = new FakeStudyClient();
  const clock = new ManualClock();
  const onQuestion = vi.fn();
  const load = vi.fn(options.load ?? (async () => client));
  const at = { scenario: options.base ?? BASE };
  const session = new StudySession({
    load,
    present: () => at.scenario,
    after: (delayMs, callback) => clock.after(delayMs, callback),
    onQuestion,
  });
  onTestFinished(() => session.dispose());
  const state = () => session.store.getState();
  /** Waits until the runs of so many studies have been asked for. */
  const asked = (count = 1) =>
    vi.waitFor(() => {
      expect(client.studies).toHaveLength(count);
      expect(client.latest.asked.length).toBeGreaterThan(0);
    });
  return { client, clock, session, state, asked, load, onQuestion, at };
}
