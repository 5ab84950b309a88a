import { describe, expect, it } from "vitest";
import { applyChanges } from "../../../../src/scenario/paths";
import type { CapacityAnswer, Difference } from "../../../../src/study/answer-types";
import { headroomSentence } from "../../../../src/study/headroom-words";
import { bestSentence } from "../../../../src/ui/decide/cheapest-words";
import { differenceWords, estimateText, measureText } from "../../../../src/ui/decide/measures";
import { endedSentence, warmupSentence } from "../../../../src/ui/decide/precision-words";
import { parameterName, parameterValueText } from "../../../../src/ui/scenario/parameters";
import { ASKED, CURVE, PRECISE, SEARCHED } from "../../../support/study-fixtures";
import { estimate } from "../../../support/summary-fixture";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("headroom in a sentence", () => {
  const said = (headroom: CapacityAnswer["headroom"], unit: CapacityAnswer["unit"] = "clients") =>
    plain(headroomSentence({ ...CURVE, headroom, unit }));

  it("says how much there is, and between which loads it ends", () => {
    expect(said({ kind: "found", metAt: 276, missedAt: 280, share: 0.38, isSure: true })).toBe(
      "You have 38 % headroom: the objective is met up to 276 clients, and missed at 280.",
    );
  });

  it("says how far beyond it one is", () => {
    expect(said({ kind: "found", metAt: 156, missedAt: 160, share: -0.22, isSure: true })).toBe(
      "The objective is missed now. It is met up to 156 clients, 22 % less than now, and missed at 160.",
    );
  });

  it("says where the intervals leave it open", () => {
    expect(said({ kind: "found", metAt: 276, missedAt: 280, share: 0.38, isSure: false })).toBe(
      "You have about 38 % headroom: the objective is met up to 276 clients, and missed at 280. The intervals there reach over the limit: more replications may move it.",
    );
  });

  it("does not call nothing headroom", () => {
    expect(said({ kind: "found", metAt: 200, missedAt: 202, share: 0, isSure: true })).toMatch(
      /^You are at the limit: /,
    );
  });

  it("counts in rates, and in times of the present load", () => {
    expect(
      said({ kind: "found", metAt: 90, missedAt: 92.5, share: 0.2, isSure: true }, "requestsPerSecond"),
    ).toBe(
      "You have 20 % headroom: the objective is met up to 90 requests per second, and missed at 92.5/s.",
    );
    expect(said({ kind: "found", metAt: 1.4, missedAt: 1.45, share: 0.4, isSure: true }, "factor")).toBe(
      "You have 40 % headroom: the objective is met up to 1.4 times the present load, and missed at 1.45 times.",
    );
  });

  it("says that it was missed nowhere, everywhere, or that there is nothing to miss", () => {
    expect(said({ kind: "none missed", lookedTo: 800 })).toBe(
      "The objective is met at every load up to 800 clients, 4 times the present: more was not looked at.",
    );
    expect(said({ kind: "none met", lookedTo: 10 })).toMatch(/missed even at 10 clients/);
    expect(said({ kind: "no objective" })).toMatch(/^This scenario has no objective/);
  });
});

describe("a difference in words", () => {
  const words = (
    measure: Parameters<typeof differenceWords>[0],
    mean: number,
    half: number,
    verdict: Difference["verdict"],
  ) => {
    const { text, tone } = differenceWords(measure, { mean, half, verdict });
    return [plain(text), tone];
  };

  it("says its size, its interval and its direction, and whether that is wanted", () => {
    expect(words("p95", -210, 12, "lower")).toEqual(["210 ± 12 ms lower", "better"]);
    expect(words("throughput", -11.3, 0.9, "lower")).toEqual(["11.3/s ± 0.9/s lower", "worse"]);
    expect(words("failureRate", 0.165, 0.015, "higher")).toEqual(["16.5 ± 1.5 points higher", "worse"]);
    expect(words("monthlyUsd", -150, 0, "lower")).toEqual(["$150 lower", "better"]);
  });

  it("keeps two units apart", () => {
    expect(words("p95", 1500, 80, "higher")[0]).toBe("1.50 s ± 80 ms higher");
  });

  it("claims nothing that was not shown", () => {
    expect(words("p95", -3, 12, "unknown")).toEqual(["no difference can be shown yet", "none"]);
    expect(words("p95", 0, 0, "same")).toEqual(["exactly the same", "none"]);
    expect(differenceWords("p95", { mean: null, half: null, verdict: "unknown" }).text).toBe(
      "not comparable",
    );
  });
});

describe("a figure in words", () => {
  it("has its interval where it varies", () => {
    expect(plain(estimateText("p95", estimate(1020, 6)))).toBe("1.02 s ± 6 ms");
    expect(estimateText("monthlyUsd", estimate(1300, 0))).toBe("$1,300");
    expect(measureText("failureRate", 0)).toBe("none");
    expect(measureText("p95", null)).toBe("not measured");
    expect(measureText("usdPerMillion", 2.58)).toBe("$2.58");
  });
});

describe("a precision in words", () => {
  it("says that the budget was spent before it was precise", () => {
    expect(plain(endedSentence({ ...PRECISE, ended: "budget" }))).toBe(
      "The budget of 200 replications is spent: p95 latency is 1.00 s ± 15 ms, within ± 1.5 %, and ± 2 % was wanted.",
    );
  });

  it("says what a warm-up that is too short was replaced by, and that none would do", () => {
    expect(warmupSentence({ ...PRECISE, warmup: { givenS: 5, foundS: 9, usedS: 9 } })).toMatch(
      /your warm-up of 5 s is too short, so this used 9 s\.$/,
    );
    expect(warmupSentence({ ...PRECISE, warmup: { givenS: 5, foundS: 9, usedS: 5 } })).toMatch(
      /has settled after 9 s .*, later than your warm-up of 5 s; that stays, since what changes by plan/,
    );
    expect(warmupSentence({ ...PRECISE, warmup: { givenS: 5, foundS: null, usedS: 5 } })).toMatch(
      /^The run does not settle/,
    );
  });
});

describe("the cheapest in a sentence", () => {
  const words = { nameOf: parameterName, valueText: parameterValueText };

  it("says what more costs where the present misses the objective", () => {
    const { present, best } = SEARCHED;
    if (present === null || best === null) throw new Error("no candidates");
    const dearer = { ...SEARCHED, present: { ...best, meets: "no" as const }, best: present };
    const before = applyChanges(ASKED, [{ path: "fleets.web.dynos", value: 22 }]).scenario;
    expect(bestSentence(dearer, before, words)).toMatch(/\$150 more than the present, which misses it\.$/);
  });

  it("says that the present is the cheapest", () => {
    expect(bestSentence({ ...SEARCHED, best: SEARCHED.present }, ASKED, words)).toBe(
      "The present configuration is the cheapest of these that meets the objective, at $1,300 a month.",
    );
  });

  it("does not claim more than is likely", () => {
    const best = SEARCHED.best === null ? null : { ...SEARCHED.best, meets: "likely" as const };
    expect(bestSentence({ ...SEARCHED, best }, ASKED, words)).toMatch(/ likely meets the objective /);
  });
});

describe("what stands at a path", () => {
  const of = (path: string, value: unknown) =>
    `${parameterName(path, ASKED)} ${parameterValueText(path, value)}`;

  it("is called as its control is", () => {
    expect(of("fleets.web.pool.size", 10)).toBe("Pool size 10");
    expect(of("fleets.web.balancer", "least-outstanding")).toBe("Balancer least outstanding");
    expect(of("pooler.enabled", true)).toBe("Pooler on");
    expect(of("edge.timeoutMs", 30_000)).toBe("Router timeout 30 s");
  });

  it("is told of a step, which no control has alone", () => {
    expect(of("endpoints.page.steps.0.ms", 500)).toBe("Query time 500 ms");
    expect(of("endpoints.page.steps.1.ms.mean", 425)).toBe("Other waiting 425 ms");
    expect(of("endpoints.page.steps.0.count", 3)).toBe("Queries in a row 3");
  });

  it("is called as in the document where there is no control", () => {
    expect(of("fleets.web.memory.sharedMb", 12)).toBe("Memory shared 12");
  });

  it("says whose it is where there are several", () => {
    const [web] = ASKED.fleets;
    if (web === undefined) throw new Error("no fleet");
    const two = { ...ASKED, fleets: [web, { ...web, name: "readers" }] };
    expect(parameterName("fleets.readers.threads", two)).toBe("Threads of readers");
  });
});
