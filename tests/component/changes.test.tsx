import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { findStory, type StoryStep } from "../../src/scenario/stories";
import { changesBetween } from "../../src/ui/scenario/changes/changes-between";
import { SessionProvider } from "../../src/ui/shell/session-context";
import { Changes } from "../../src/ui/stories/Changes";
import { WordsOfChangesContext } from "../../src/ui/stories/words-of-changes";
import { fakeSession } from "../support/fake-session";
import { fillInMissing } from "../support/missing-in-jsdom";

beforeAll(fillInMissing);

/** The step and the one before it. */
function stepOf(id: string): { readonly step: StoryStep; readonly before: StoryStep } {
  const steps = findStory("heroku-pooling")?.steps ?? [];
  const place = steps.findIndex((step) => step.id === id);
  const [before, step] = steps.slice(place - 1);
  if (step === undefined || before === undefined) throw new Error(`No step ${id} after another`);
  return { step, before };
}

function show(id: string) {
  const { step, before } = stepOf(id);
  const session = fakeSession();
  session.replaceScenario(step.scenario, step.presetId);
  render(
    <SessionProvider session={session}>
      <WordsOfChangesContext value={changesBetween}>
        <Changes step={step} before={before} />
      </WordsOfChangesContext>
    </SessionProvider>,
  );
}

function changes(): HTMLElement {
  return screen.getByRole("list", { name: "Changed from the step before" });
}

function texts(list: Element): readonly (string | null)[] {
  return [...list.children].map(({ textContent }) => textContent);
}

/** What the eye sees of a change that moves; null where nothing moves. */
function moving(item: HTMLElement | undefined): string | null | undefined {
  return item?.querySelector("[aria-hidden] strong > :last-child")?.textContent;
}

function readerWants(motion: "motion" | "no motion") {
  vi.spyOn(window, "matchMedia").mockImplementation((query) => ({
    matches: query.includes("no-preference") && motion === "motion",
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }));
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("what a step changes, where nothing may move", () => {
  beforeEach(() => readerWants("no motion"));

  it("is told as the controls call it, with its final values at once", () => {
    show("A6");
    expect(texts(changes())).toEqual([
      "Clients 500 → 200",
      "Pooler off → on",
      "Plan Standard-3 → Standard-0",
    ]);
    expect(document.documentElement).not.toHaveAttribute("data-stepping");
  });

  it("is told in part where it is much, and the rest when asked", async () => {
    show("A9");
    expect(texts(changes()).slice(0, -1)).toHaveLength(6);
    const more = screen.getByText("and 5 more");
    expect(more.closest("details")).not.toHaveAttribute("open");
    await userEvent.click(more);
    expect(more.closest("details")).toHaveAttribute("open");
    const rest = more.nextElementSibling;
    expect(rest === null ? [] : texts(rest)).toEqual([
      "Share of page 100 % → 50 %",
      "Share of safe 0 % → 50 %",
      "Preboot of web on → off",
      "Replicas 0 → 1",
      "Length of the run 4 min → 45 s",
    ]);
  });

  it("is told whole where the line that asks would take as much room", () => {
    show("A11");
    expect(texts(changes())).toHaveLength(7);
    expect(screen.queryByText(/^and \d+ more$/)).not.toBeInTheDocument();
  });
});

describe("what a step changes, on its way", () => {
  beforeEach(() => {
    readerWants("motion");
    vi.useFakeTimers({ toFake: ["requestAnimationFrame", "cancelAnimationFrame", "performance"] });
  });

  it("counts from the old value to the new, and stands there", () => {
    show("A6");
    const [clients, pooler] = within(changes()).getAllByRole("listitem");
    expect(moving(clients)).toBe("500");
    expect(moving(pooler)).toBe("off");
    act(() => vi.advanceTimersByTime(300));
    const half = Number(moving(clients));
    expect(half).toBeLessThan(500);
    expect(half).toBeGreaterThan(200);
    act(() => vi.advanceTimersByTime(700));
    expect(texts(changes())).toEqual([
      "Clients 500 → 200",
      "Pooler off → on",
      "Plan Standard-3 → Standard-0",
    ]);
  });

  it("is read out as it ends, from its beginning on", () => {
    show("A6");
    const [clients] = within(changes()).getAllByRole("listitem");
    const heard = [...(clients?.children ?? [])].filter((child) => !child.hasAttribute("aria-hidden"));
    expect(heard.map(({ textContent }) => textContent)).toEqual(["Clients 500 → 200"]);
  });

  it("tells the page which parts of the system move along, for as long as they do", () => {
    show("A6");
    expect(document.documentElement).toHaveAttribute("data-stepping", "clients pooler database");
    act(() => vi.advanceTimersByTime(1000));
    expect(document.documentElement).not.toHaveAttribute("data-stepping");
  });
});
