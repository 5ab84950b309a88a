import { describe, expect, it } from "vitest";
import { spanText, timeText } from "../../../src/base/run-time";
import { readableStep, stretchText, timeTicks } from "../../../src/base/time-axis";

const DAY = 86_400;

describe("a time of a run", () => {
  it.each([
    [25, 45, "25 s"],
    [12.4, 300, "12.4 s"],
    [0.1 + 0.2, 45, "0.3 s"],
    [720, 3600, "12 min"],
    [754, 3600, "12:34 min"],
    [65.5, 3600, "1:05.5 min"],
    [34_200, DAY, "09:30"],
    [34_215, DAY, "09:30:15"],
    [0, DAY, "00:00"],
    [DAY, DAY, "24:00"],
    [34_200, 7 * DAY, "09:30"],
    [DAY + 34_200, 7 * DAY, "1 d 09:30"],
  ])("is said as the run's length asks: %f s of %f s is %s", (atS, runS, text) => {
    expect(timeText(atS, runS)).toBe(text);
  });
});

describe("a stretch of a run", () => {
  it.each([
    [12.4, 12.6, 45, "12.4–12.6 s"],
    [12, 13, 45, "12–13 s"],
    [744, 756, 3600, "12:24–12:36 min"],
    [34_200, 34_416, DAY, "09:30–09:34"],
    [34_200, 34_210, DAY, "09:30–09:30:10"],
    [DAY + 34_200, DAY + 34_800, 7 * DAY, "1 d 09:30–09:40"],
    [DAY - 600, DAY + 600, 7 * DAY, "23:50–1 d 00:10"],
    [2 * DAY - 600, 2 * DAY + 600, 7 * DAY, "1 d 23:50–2 d 00:10"],
  ])("says no more digits than its length has: %f to %f s of %f s is %s", (fromS, toS, runS, text) => {
    expect(stretchText(fromS, toS, runS)).toBe(text);
  });
});

describe("how long something lasts", () => {
  it.each([
    [0, "0 s"],
    [0.5, "0.5 s"],
    [20, "20 s"],
    [90, "90 s"],
    [120, "2 min"],
    [754, "12 min 34 s"],
    [3600, "1 h"],
    [23_400, "6 h 30 min"],
    [DAY, "24 h"],
    [DAY + 7200, "1 d 2 h"],
    [7 * DAY, "7 d"],
    [3605, "1 h"],
  ])("is said in its two largest units: %f is %s", (seconds, text) => {
    expect(spanText(seconds)).toBe(text);
  });
});

describe("ticks of a time axis", () => {
  const texts = (fromS: number, toS: number, runS = toS) => {
    const { values, format } = timeTicks(fromS, toS, 450, runS);
    return values.map(format);
  };

  it("say seconds or minutes once, at the last", () => {
    expect(texts(0, 45)).toEqual(["0", "10", "20", "30", "40 s"]);
    expect(texts(0, 1800)).toEqual(["0", "5", "10", "15", "20", "25", "30 min"]);
    expect(texts(12.1, 13.3)).toEqual(["12.2", "12.4", "12.6", "12.8", "13", "13.2 s"]);
  });

  it("are a clock's in a long run, with the day at midnight", () => {
    expect(texts(0, DAY)).toEqual(["00:00", "06:00", "12:00", "18:00", "24:00"]);
    expect(texts(0, 4 * DAY)).toEqual(["0", "1 d", "2 d", "3 d", "4 d"]);
    expect(texts(0.75 * DAY, 1.5 * DAY, 7 * DAY)).toEqual([
      "18:00",
      "21:00",
      "1 d",
      "03:00",
      "06:00",
      "09:00",
      "12:00",
    ]);
  });

  it("say the times of a part as those of the whole run", () => {
    expect(texts(34_200, 34_500, DAY)).toEqual(["09:30", "09:31", "09:32", "09:33", "09:34", "09:35"]);
    expect(texts(750, 780, 3600)).toEqual([
      "12:30",
      "12:35",
      "12:40",
      "12:45",
      "12:50",
      "12:55",
      "13:00 min",
    ]);
  });
});

describe("a readable step", () => {
  it.each([
    [0.15, 0.2],
    [1, 1],
    [13, 15],
    [288, 300],
    [2e6, 2e6],
  ])("of at least %f s is %f s", (leastS, step) => {
    expect(readableStep(leastS)).toBe(step);
  });
});
