import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { NumberField } from "../../src/ui/controls/NumberField";
import type { QuantityRules } from "../../src/ui/controls/quantity";
import ShortcutsDialog from "../../src/ui/shell/ShortcutsDialog";
import { useShortcuts } from "../../src/ui/shell/shortcuts";
import { fillInMissing } from "../support/missing-in-jsdom";

beforeAll(fillInMissing);

const handlers = {
  play: vi.fn(),
  find: vi.fn(),
  help: vi.fn(),
  share: vi.fn(),
  pin: vi.fn(),
  trust: vi.fn(),
  undo: vi.fn(),
  redo: vi.fn(),
  cancel: vi.fn(),
};

const COUNT: QuantityRules = { unit: "count", minimum: 1, maximum: 10_000, integer: true };

function Page() {
  useShortcuts(handlers);
  return (
    <>
      <input aria-label="A field" />
      <input type="range" aria-label="A slider" />
      <NumberField label="A number" value={250} rules={COUNT} step={1} onCommit={() => null} />
      <select aria-label="A list">
        <option>Plan</option>
      </select>
      <button type="button">A button</button>
    </>
  );
}

beforeEach(() => {
  vi.clearAllMocks();
  render(<Page />);
});

describe("shortcuts", () => {
  it.each([
    ["/", "find"],
    [" ", "play"],
    ["?", "help"],
    ["s", "share"],
    ["p", "pin"],
    ["P", "pin"],
    ["t", "trust"],
    ["{Escape}", "cancel"],
    ["{Control>}z{/Control}", "undo"],
    ["{Meta>}z{/Meta}", "undo"],
    ["{Control>}{Shift>}z{/Shift}{/Control}", "redo"],
    ["{Control>}y{/Control}", "redo"],
  ] as const)("%s", async (keys, action) => {
    await userEvent.keyboard(keys);
    expect(handlers[action]).toHaveBeenCalledOnce();
    for (const [other, handler] of Object.entries(handlers)) {
      if (other !== action) expect(handler, other).not.toHaveBeenCalled();
    }
  });

  it("leave the keys to a field that has the keyboard, its own undo included", async () => {
    const user = userEvent.setup();
    await user.click(screen.getByRole("textbox", { name: "A field" }));
    await user.keyboard("p/s?{Control>}z{/Control}");
    for (const handler of Object.values(handlers)) expect(handler).not.toHaveBeenCalled();
  });

  it("leave the space bar to what it presses or opens, but not to a slider", async () => {
    const user = userEvent.setup();
    for (const name of ["A field", "A number"]) await user.type(screen.getByRole("textbox", { name }), " ");
    screen.getByRole("combobox", { name: "A list" }).focus();
    await user.keyboard(" ");
    screen.getByRole("button", { name: "A button" }).focus();
    await user.keyboard(" ");
    expect(handlers.play).not.toHaveBeenCalled();
    screen.getByRole("slider", { name: "A slider" }).focus();
    await user.keyboard(" ");
    expect(handlers.play).toHaveBeenCalledOnce();
  });

  it("undo the scenario from a number field in which nothing is typed, and leave typed text its own undo", async () => {
    const user = userEvent.setup();
    await user.click(screen.getByRole("textbox", { name: "A number" }));
    await user.keyboard("{Control>}z{/Control}{Control>}{Shift>}z{/Shift}{/Control}");
    expect(handlers.undo).toHaveBeenCalledOnce();
    expect(handlers.redo).toHaveBeenCalledOnce();
    await user.keyboard("7{Control>}z{/Control}p");
    expect(handlers.undo).toHaveBeenCalledOnce();
    expect(handlers.pin).not.toHaveBeenCalled();
    await user.keyboard("{Escape}{Control>}z{/Control}");
    expect(handlers.undo).toHaveBeenCalledTimes(2);
  });

  it("undo what a slider did while it has the keyboard", async () => {
    screen.getByRole("slider").focus();
    await userEvent.keyboard("{Control>}z{/Control}");
    expect(handlers.undo).toHaveBeenCalledOnce();
  });

  it("cancel a run from a field too", async () => {
    const user = userEvent.setup();
    await user.click(screen.getByRole("textbox", { name: "A field" }));
    await user.keyboard("{Escape}");
    expect(handlers.cancel).toHaveBeenCalledOnce();
  });

  it("leave letters to a list, but undo what was chosen in it, find and help", async () => {
    const user = userEvent.setup();
    screen.getByRole("combobox").focus();
    await user.keyboard("p/?{Control>}z{/Control}");
    expect(handlers.find).toHaveBeenCalledOnce();
    expect(handlers.help).toHaveBeenCalledOnce();
    expect(handlers.pin).not.toHaveBeenCalled();
    expect(handlers.undo).toHaveBeenCalledOnce();
  });

  it("leave alone what the browser does with other keys", () => {
    fireEvent.keyDown(document.body, { key: "p", ctrlKey: true });
    fireEvent.keyDown(document.body, { key: "s", metaKey: true });
    fireEvent.keyDown(document.body, { key: "s", altKey: true });
    for (const handler of Object.values(handlers)) expect(handler).not.toHaveBeenCalled();
  });
});

describe("the list of shortcuts", () => {
  it("names each, and closes", async () => {
    const onClose = vi.fn();
    render(<ShortcutsDialog onClose={onClose} />);
    expect(screen.getByText("Find a control by name")).toBeInTheDocument();
    expect(screen.getByText("Ctrl+Shift+Z")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(onClose).toHaveBeenCalledOnce();
  });
});
