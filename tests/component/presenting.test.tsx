import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { HEROKU_POOLING } from "../../src/scenario/stories/heroku-pooling";
import { keepsKey } from "../../src/ui/stories/kept-keys";
import { Presenting } from "../../src/ui/stories/Presenting";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";

beforeAll(fillInMissing);

const LETTERS = ["b", "c", "n", "l"];

describe("while it is presented, a control that has the focus", () => {
  it.each([
    [
      "slider",
      <span role="slider" tabIndex={0} aria-valuenow={1} key="0" />,
      ["ArrowLeft", "PageDown", "Home"],
    ],
    ["radio", <input type="radio" key="1" />, ["ArrowRight", " "]],
    ["checkbox", <input type="checkbox" key="2" />, [" "]],
    ["combobox", <select key="3" />, ["ArrowDown", " ", "End"]],
  ])("keeps the keys that it uses, as a %s, and no letter and no Escape", (role, control, kept) => {
    render(control);
    const element = screen.getByRole(role);
    expect(kept.filter((key) => !keepsKey(element, key))).toEqual([]);
    expect([...LETTERS, "Escape"].filter((key) => keepsKey(element, key))).toEqual([]);
  });

  it.each([
    ["a field", <input key="0" aria-label="it" />],
    ["a text", <textarea key="1" aria-label="it" />],
    [
      "in a dialog",
      <dialog open key="2">
        <input type="checkbox" aria-label="it" />
      </dialog>,
    ],
    [
      "in a menu",
      <div role="menu" key="3">
        <div role="menuitem" aria-label="it" tabIndex={-1} />
      </div>,
    ],
  ])("keeps every key where it is %s", (_, control) => {
    render(control);
    const element = screen.getByLabelText("it");
    expect([...LETTERS, "Escape", " "].filter((key) => !keepsKey(element, key))).toEqual([]);
  });

  it("leaves the arrows alone where it is a checkbox", () => {
    render(<input type="checkbox" />);
    expect(keepsKey(screen.getByRole("checkbox"), "ArrowRight")).toBe(false);
  });
});

describe("after a field has taken what was written", () => {
  const [step] = HEROKU_POOLING.steps;
  if (step === undefined) throw new Error("no first step");
  const nothing = () => undefined;

  it.each(["Enter", "Escape"])("the keys are for presenting again: %s leaves it", async (key) => {
    const next = vi.fn();
    renderWithSession(
      <>
        <input aria-label="Clients" />
        <Presenting step={step} onPrevious={nothing} onNext={next} onEnd={nothing} />
      </>,
      { scenario: step.scenario },
    );
    const field = screen.getByLabelText("Clients");
    field.focus();
    fireEvent.keyDown(field, { key: "ArrowRight" });
    expect(next).not.toHaveBeenCalled();
    fireEvent.keyDown(field, { key });
    await waitFor(() => expect(field).not.toHaveFocus());
    fireEvent.keyDown(document.body, { key: "ArrowRight" });
    expect(next).toHaveBeenCalledOnce();
  });
});

describe("back to the step", () => {
  const [step] = HEROKU_POOLING.steps;
  if (step === undefined) throw new Error("no first step");
  const nothing = () => undefined;

  it("brings back what was changed, and is no step where nothing was", () => {
    const { session } = renderWithSession(
      <Presenting step={step} onPrevious={nothing} onNext={vi.fn()} onEnd={nothing} />,
      { scenario: step.scenario },
    );
    fireEvent.keyDown(document.body, { key: "b" });
    expect(session.replaceScenario).not.toHaveBeenCalled();
    session.edit("name", "Something else");
    fireEvent.keyDown(document.body, { key: "b" });
    expect(session.replaceScenario).toHaveBeenCalledExactlyOnceWith(step.scenario, step.presetId);
  });
});
