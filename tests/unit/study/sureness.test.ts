import { describe, expect, it } from "vitest";
import { Configuration } from "../../../src/study/configuration";
import { sureness } from "../../../src/study/sureness";
import { handMadeRecord } from "../../support/hand-made-record";
import { station } from "../../support/hand-made-studies";
import type { Part } from "../../support/theory-scenario";

/** A configuration with some replications, all requests of which took so long. */
function configuration(latenciesMs: readonly number[], slo: Part = { p95Ms: 500, failureRate: null }) {
  const made = new Configuration(station({ slo }));
  latenciesMs.forEach((ms, replication) => {
    const requests = Array.from({ length: 100 }, () => ({ stages: { wait: ms } }));
    made.keep(replication, handMadeRecord(made.scenario, { replication, requests }));
  });
  return made;
}

const WHOLE = { isWhole: true, along: null };

describe("how sure a search is", () => {
  it("says that the intervals are within the objective, where they are", () => {
    const best = { configuration: configuration([200, 210, 205, 207]) };
    const [first] = sureness({ best, tried: [1, 2, 3], count: 10, ruledOut: [], screening: WHOLE });
    expect(first).toBe("In 4 replications the whole 95 % interval of each figure is within the objective.");
  });

  it("says where an interval reaches over the limit", () => {
    const best = { configuration: configuration([300, 460, 350, 490]) };
    const [first] = sureness({ best, tried: [1], count: 1, ruledOut: [], screening: WHOLE });
    expect(best.configuration.meets).toBe("likely");
    expect(first).toMatch(/^In 4 replications the objective is met, but an interval reaches over its limit/);
  });

  it("says that none meets it, and then nothing of where it holds", () => {
    const sentences = sureness({ best: null, tried: [1, 2], count: 5, ruledOut: [], screening: WHOLE });
    expect(sentences).toHaveLength(2);
    expect(sentences[0]).toBe("None of those that were simulated meets the objective.");
  });

  it("counts what was simulated, and what needed no simulation, where all was looked at", () => {
    const ruledOut = [
      { reason: "one", count: 4 },
      { reason: "other", count: 3 },
    ];
    const [, second] = sureness({ best: null, tried: [1, 2, 3], count: 10, ruledOut, screening: WHOLE });
    expect(second).toBe(
      "All 10 combinations were looked at: 3 were simulated (2 replications, and more of those that came near), 7 needed no simulation.",
    );
  });

  it("says what may have been missed, where not all was", () => {
    const screening = { isWhole: false, along: "fleets.web.dynos" };
    const [, second] = sureness({ best: null, tried: [1, 2], count: 900, ruledOut: [], screening });
    expect(second).toMatch(/^Of 900 combinations 2 were simulated\. Along fleets\.web\.dynos a few values/);
    expect(second).toMatch(/may have been missed\.$/);
  });

  it("warns first that the cheapest may be slow, where the objective says nothing of latency", () => {
    const slo = { p95Ms: null, failureRate: 0.01 };
    const best = { configuration: configuration([200, 200], slo) };
    const [warning] = sureness({ best, tried: [1], count: 1, ruledOut: [], screening: WHOLE });
    expect(warning).toMatch(/^The objective says nothing of latency/);
  });
});
