import { vi } from "vitest";
import type { Scenario } from "../../src/scenario/types";
import { settle } from "./fake-client";
import type { FakeEnvironment } from "./fake-environment";
import { openSession } from "./open-session";

/** A session whose page is live at 1×, on a system that a test commands; `scenario` where not the opening one. */
export async function openLive(scenario?: Scenario, environment?: FakeEnvironment) {
  const opened = await openSession(environment);
  const { session, live } = opened;
  if (scenario !== undefined) session.replaceScenario(scenario);
  session.live.play();
  await vi.waitFor(() => live.latest);
  live.latest.show();
  await settle();
  return {
    ...opened,
    liveState: () => session.live.store.getState(),
    /** Lets simulated time pass to so many seconds. */
    passTo(nowS: number) {
      live.latest.passTo(nowS * 1000);
    },
    /** What the reader did, as it is simulated: the timeline less the scenario's own. */
    done: () => live.latest.timeline.slice(opened.state().scenario.timeline.length),
  };
}
