import { judge } from "../analysis/objective";
import { sum, total } from "../analysis/record-sums";
import type { Estimate } from "../analysis/result-types";
import type { ReplicationRecord } from "../engine";
import { type SizedScenario, withSizes } from "../scenario/sizes";
import type { Objective, Scenario } from "../scenario/types";
import type { Candidate, Measures } from "./answer-types";
import { forEachMeasure, measureEstimate, measureOf, PooledRecords } from "./measures";
import type { MeasureName } from "./question-types";
import type { WantedRun } from "./simulator";

/**
 * A scenario under study, and what is known of it: the records of its replications 0, 1, … as they come in. What is said
 * is of those without a gap before them, so that it does not depend on which came first.
 */
export class Configuration {
  readonly sized: SizedScenario;
  readonly #records: (ReplicationRecord | undefined)[] = [];
  /** Those without a gap before them, together. */
  #known = PooledRecords.EMPTY;
  /** Those, each alone. */
  readonly #alone: PooledRecords[] = [];
  #measures: Measures | null = null;
  /** Each measure of each known replication, computed once. */
  readonly #own = new Map<MeasureName, (number | null)[]>();

  constructor(scenario: Scenario) {
    this.sized = withSizes(scenario);
  }

  get scenario(): Scenario {
    return this.sized.scenario;
  }

  /** Of replications 0 … `replications` − 1. */
  get records(): readonly ReplicationRecord[] {
    return this.#known.records;
  }

  get replications(): number {
    return this.records.length;
  }

  /** The replications up to that number which are not there yet. */
  missing(upTo: number, detail: WantedRun["detail"] = "measures"): WantedRun[] {
    return Array.from({ length: upTo }, (_, replication) => replication)
      .filter((replication) => this.#records[replication] === undefined)
      .map((replication) => ({ sized: this.sized, replication, detail }));
  }

  keep(replication: number, record: ReplicationRecord): void {
    this.#records[replication] = record;
    for (let next = this.#records[this.replications]; next !== undefined; ) {
      this.#known = this.#known.with(next);
      this.#alone.push(PooledRecords.of(next));
      this.#measures = null;
      next = this.#records[this.replications];
    }
  }

  /** A measure of each known replication. */
  own(name: MeasureName): readonly (number | null)[] {
    let values = this.#own.get(name);
    if (values === undefined) {
      values = [];
      this.#own.set(name, values);
    }
    for (const alone of this.#alone.slice(values.length)) values.push(measureOf(name, alone, this.sized));
    return values;
  }

  estimate(name: MeasureName): Estimate {
    return measureEstimate(name, this.#known, this.sized, this.own(name));
  }

  /** All of them, of the replications known by now. */
  get measures(): Measures {
    this.#measures ??= forEachMeasure((name) => this.estimate(name));
    return this.#measures;
  }

  get isBrokenOff(): boolean {
    return this.records.some(({ stoppedAtMs }) => stoppedAtMs !== null);
  }

  /** Whether the objective is met, as measured. */
  get isMet(): boolean {
    const { measures } = this;
    return (
      !this.isBrokenOff &&
      judge(this.scenario.slo, {
        latencyMs: { p95: measures.p95, p99: measures.p99 },
        queueMs: { p95: measures.queueP95 },
        failureRate: measures.failureRate,
      }).met
    );
  }

  /** The same with what the intervals say. */
  get meets(): Candidate["meets"] {
    const parts = limits(this.scenario.slo).map(([name, limit]) => ({ ...this.#bounds(name), limit }));
    if (this.isMet) return parts.every(({ high, limit }) => high <= limit) ? "yes" : "likely";
    return this.isBrokenOff || parts.some(({ low, limit }) => low > limit) ? "no" : "unlikely";
  }

  /** Between what the figure lies, with 95 % confidence; anything where that is not known. */
  #bounds(name: MeasureName): { readonly low: number; readonly high: number } {
    const { mean, ci95 } = this.measures[name];
    if (name === "failureRate" && (mean ?? 0) === 0) return { low: 0, high: this.#unseenFailures() };
    // A latency that nobody measured misses any limit, and so does not hide behind a missing interval.
    if (mean === null) return { low: Infinity, high: Infinity };
    return ci95 === null ? { low: -Infinity, high: Infinity } : { low: ci95[0], high: ci95[1] };
  }

  /**
   * The largest failure rate that would still show no failure at all in 1 of 20 such experiments: 3 ÷ n. The "rule of three":
   * Hanley and Lippman-Hand, If Nothing Goes Wrong, Is Everything All Right?, JAMA 249 (1983).
   */
  #unseenFailures(): number {
    const ended = total(this.records, ({ ok, failedByKind }) => ok + sum(failedByKind));
    return ended === 0 ? 1 : Math.min(1, 3 / ended);
  }
}

/** The limits that an objective sets, by the measures they are about. */
export function limits(slo: Objective): readonly (readonly [MeasureName, number])[] {
  const all = [
    ["p95", slo.p95Ms],
    ["p99", slo.p99Ms],
    ["queueP95", slo.queueP95Ms],
    ["failureRate", slo.failureRate],
  ] as const;
  return all.flatMap(([name, limit]) => (limit === null ? [] : [[name, limit] as const]));
}
