import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { Slider } from "../../src/ui/controls/Slider";
import { createScale, positionOf, valueAt } from "../../src/ui/controls/scale";
import { fillInMissing } from "../support/missing-in-jsdom";

beforeAll(fillInMissing);

const DYNOS = createScale({ kind: "linear", minimum: 1, maximum: 100, step: 1 });
const CLIENTS = createScale({ kind: "logarithmic", minimum: 1, maximum: 2000, step: 1 });

describe("the scale of a slider", () => {
  it("has a stop at each step where it is linear", () => {
    expect(DYNOS.stops).toHaveLength(100);
    expect(createScale({ kind: "linear", minimum: 0, maximum: 0.5, step: 0.1 }).stops).toEqual([
      0, 0.1, 0.2, 0.3, 0.4, 0.5,
    ]);
  });

  it("has round numbers where it is logarithmic, finer where numbers are smaller", () => {
    expect(CLIENTS.stops.slice(0, 12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(CLIENTS.stops).toContain(180);
    expect(CLIENTS.stops).toContain(220);
    expect(CLIENTS.stops).not.toContain(213);
    expect(CLIENTS.stops.at(-1)).toBe(2000);
  });

  it("may begin at zero", () => {
    expect(createScale({ kind: "logarithmic", minimum: 0, maximum: 20, step: 1 }).stops.slice(0, 3)).toEqual([
      0, 1, 2,
    ]);
  });

  it("finds every stop where it put it", () => {
    CLIENTS.stops.forEach((stop, position) => {
      expect(positionOf(CLIENTS, stop)).toBe(position);
      expect(valueAt(CLIENTS, position)).toBe(stop);
    });
  });

  it("shows a value between stops between them, and one off the scale at its end", () => {
    const position = positionOf(CLIENTS, 213);
    expect(valueAt(CLIENTS, Math.floor(position))).toBe(200);
    expect(valueAt(CLIENTS, Math.ceil(position))).toBe(220);
    expect(positionOf(DYNOS, 5000)).toBe(99);
    expect(positionOf(DYNOS, 0)).toBe(0);
  });
});

describe("a slider", () => {
  const onDrag = vi.fn();
  const onRelease = vi.fn();
  const onReset = vi.fn();

  function Harness({ initial }: { readonly initial: number }) {
    const [value, setValue] = useState(initial);
    return (
      <>
        <span id="name">Clients</span>
        <Slider
          value={value}
          scale={CLIENTS}
          valueText={`${value} clients`}
          labelledBy="name"
          defaultValue={200}
          baselineValue={null}
          onDrag={(next) => {
            onDrag(next);
            setValue(next);
          }}
          onRelease={onRelease}
          onReset={onReset}
        />
      </>
    );
  }

  function renderSlider(initial = 200) {
    vi.clearAllMocks();
    render(<Harness initial={initial} />);
    return { slider: screen.getByRole("slider", { name: "Clients" }), user: userEvent.setup() };
  }

  it("says its value and range in its own units", () => {
    const { slider } = renderSlider();
    expect(slider).toHaveAttribute("aria-valuenow", "200");
    expect(slider).toHaveAttribute("aria-valuemin", "1");
    expect(slider).toHaveAttribute("aria-valuemax", "2000");
    expect(slider).toHaveAttribute("aria-valuetext", "200 clients");
  });

  it("steps to the next stop, and with Shift ten stops on", async () => {
    const { slider, user } = renderSlider();
    slider.focus();
    await user.keyboard("{ArrowRight}");
    expect(onDrag).toHaveBeenLastCalledWith(220);
    await user.keyboard("{Shift>}{ArrowRight}{/Shift}");
    expect(onDrag).toHaveBeenLastCalledWith(420);
  });

  it("is released once when the key is let go, however long it was held", async () => {
    const { slider, user } = renderSlider();
    slider.focus();
    await user.keyboard("{ArrowRight>5/}");
    expect(onDrag).toHaveBeenCalledTimes(5);
    expect(onRelease).toHaveBeenCalledTimes(1);
  });

  it("goes from a value between stops to a stop", async () => {
    const { slider, user } = renderSlider(213);
    slider.focus();
    await user.keyboard("{ArrowRight}");
    expect(CLIENTS.stops).toContain(onDrag.mock.lastCall?.[0]);
  });

  it("is not released where nothing was dragged", async () => {
    const { slider, user } = renderSlider();
    slider.focus();
    await user.tab();
    expect(onRelease).not.toHaveBeenCalled();
  });

  it("resets on a double click", () => {
    const { slider } = renderSlider();
    fireEvent.doubleClick(slider);
    expect(onReset).toHaveBeenCalledOnce();
  });
});
