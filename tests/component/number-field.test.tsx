import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { NumberField } from "../../src/ui/controls/NumberField";
import { formatQuantity, parseQuantity, type QuantityRules, withUnit } from "../../src/ui/controls/quantity";

const COUNT: QuantityRules = { unit: "count", minimum: 1, maximum: 10_000, integer: true };
const MILLISECONDS: QuantityRules = { unit: "milliseconds", minimum: 0, maximum: 1e9, integer: false };
const SECONDS_OF_MS: QuantityRules = { ...MILLISECONDS, unit: "millisecondsAsSeconds" };
const PERCENT: QuantityRules = { unit: "percent", minimum: 0, maximum: 1, integer: false };

describe("what a number field understands", () => {
  it.each([
    ["250", COUNT, 250],
    [" 1,000 ", COUNT, 1000],
    ["2k", COUNT, 2000],
    ["1.5K", COUNT, 1500],
    ["500", MILLISECONDS, 500],
    ["500ms", MILLISECONDS, 500],
    ["1.5s", MILLISECONDS, 1500],
    ["1.5 s", MILLISECONDS, 1500],
    ["2k", MILLISECONDS, 2000],
    ["1min", MILLISECONDS, 60_000],
    [".5", MILLISECONDS, 0.5],
    ["1e3", MILLISECONDS, 1000],
    ["30", SECONDS_OF_MS, 30_000],
    ["500ms", SECONDS_OF_MS, 500],
    ["0.7", PERCENT, 0.007],
    ["5%", PERCENT, 0.05],
  ])("%s", (text, rules, value) => {
    expect(parseQuantity(text, rules)).toEqual({ ok: true, value });
  });

  it.each([
    ["", COUNT],
    ["ten", COUNT],
    ["1,5", COUNT],
    ["2x", COUNT],
    ["2.5", COUNT],
    ["0", COUNT],
    ["20k", COUNT],
    ["NaN", MILLISECONDS],
    ["Infinity", MILLISECONDS],
    ["1e308 min", MILLISECONDS],
    ["-1", MILLISECONDS],
    ["5 constructor", MILLISECONDS],
    ["500 apples", MILLISECONDS],
  ])("but not %j, and says why", (text, rules) => {
    const parsed = parseQuantity(text, rules);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? "" : parsed.sentence).toMatch(/\.$/);
  });

  it("names the range where a value is outside", () => {
    expect(parseQuantity("20k", COUNT)).toEqual({ ok: false, sentence: "Allowed is 1 to 10,000." });
  });

  it("writes values in the unit beside the field", () => {
    expect(formatQuantity(30_000, "millisecondsAsSeconds")).toBe("30");
    expect(formatQuantity(0.007, "percent")).toBe("0.7");
    expect(formatQuantity(12_000, "count")).toBe("12,000");
    expect(withUnit(50, "dollars")).toBe("$50");
    expect(withUnit(75, "perSecond")).toBe("75/s");
  });
});

describe("a number field", () => {
  function renderField(onCommit = vi.fn<(value: number) => string | null>(() => null), value = 25) {
    render(<NumberField label="Dynos" value={value} rules={COUNT} step={1} onCommit={onCommit} />);
    return { onCommit, input: screen.getByRole("textbox", { name: "Dynos" }), user: userEvent.setup() };
  }

  it("applies on Enter, and not before", async () => {
    const { onCommit, input, user } = renderField();
    await user.clear(input);
    await user.type(input, "2k");
    expect(onCommit).not.toHaveBeenCalled();
    await user.keyboard("{Enter}");
    expect(onCommit).toHaveBeenCalledExactlyOnceWith(2000);
  });

  it("applies when it is left", async () => {
    const { onCommit, input, user } = renderField();
    await user.clear(input);
    await user.type(input, "30");
    await user.tab();
    expect(onCommit).toHaveBeenCalledExactlyOnceWith(30);
  });

  it("applies nothing when only looked at", async () => {
    const { onCommit, input, user } = renderField();
    await user.click(input);
    await user.tab();
    expect(onCommit).not.toHaveBeenCalled();
  });

  it("keeps, marks and explains what it does not understand, and never applies it", async () => {
    const { onCommit, input, user } = renderField();
    await user.clear(input);
    await user.type(input, "many{Enter}");
    expect(input).toHaveValue("many");
    expect(input).toBeInvalid();
    expect(input).toHaveAccessibleDescription("“many” is not a value here. Write it like 250 or 2k.");
    expect(onCommit).not.toHaveBeenCalled();
  });

  it("keeps the text where the scenario refuses the value, and says why", async () => {
    const { input, user } = renderField(vi.fn(() => "There is no room for 30."));
    await user.clear(input);
    await user.type(input, "30{Enter}");
    expect(input).toHaveValue("30");
    expect(screen.getByRole("alert")).toHaveTextContent("There is no room for 30.");
  });

  it("goes back on Escape", async () => {
    const { onCommit, input, user } = renderField();
    await user.type(input, "9{Escape}");
    expect(input).toHaveValue("25");
    await user.tab();
    expect(onCommit).not.toHaveBeenCalled();
  });

  it("steps with the arrow keys, by ten with Shift, within its range", async () => {
    const { onCommit, input, user } = renderField(undefined, 3);
    await user.click(input);
    await user.keyboard("{ArrowUp}");
    await user.keyboard("{Shift>}{ArrowUp}{/Shift}");
    await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
    expect(onCommit.mock.calls).toEqual([[4], [13], [1]]);
  });

  it("shows a value changed elsewhere instead of a draft", async () => {
    const onCommit = vi.fn(() => null);
    const field = (value: number) => (
      <NumberField label="Dynos" value={value} rules={COUNT} step={1} onCommit={onCommit} />
    );
    const { rerender } = render(field(25));
    const user = userEvent.setup();
    const input = screen.getByRole("textbox", { name: "Dynos" });
    await user.type(input, "x{Enter}");
    rerender(field(12));
    expect(input).toHaveValue("12");
    expect(input).toBeValid();
  });
});
