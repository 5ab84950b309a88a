import { percentileOf } from "./lab-rules";
import type { MeasuredSecond } from "./lab-types";

/** A trial, or a run of it, second by second by the lab's clock: requests by when they were sent, answers and failures by when the client had them. */
export interface Seconds {
  readonly sent: readonly number[];
  readonly ok: readonly number[];
  readonly failed: readonly number[];
  /** Of the second's successes, in ms; null without any. */
  readonly p95Ms: readonly (number | null)[];
  /** Whether the balancer had no dyno at the second's end. */
  readonly isAllDown: readonly boolean[];
}

/** The lab's seconds, without gaps. */
export function measuredSeconds(rows: readonly MeasuredSecond[]): Seconds {
  const gap = rows.findIndex(({ t }, index) => t !== index);
  if (gap >= 0) throw new Error(`The lab's second ${gap} is missing`);
  return {
    sent: rows.map(({ sent }) => sent),
    ok: rows.map(({ ok }) => ok),
    failed: rows.map(({ failed }) => failed),
    p95Ms: rows.map(({ p95 }) => p95),
    isAllDown: rows.map(({ lb_status }) => lb_status !== undefined && /^D+$/.test(lb_status)),
  };
}

/** Collects a simulated run's seconds as the lab did. */
export class SecondsTally {
  private readonly sent: Int32Array;
  private readonly failed: Int32Array;
  private readonly latencies: readonly number[][];
  private readonly isAllDown: boolean[];

  /** @param seconds how many are kept; what is answered later is left out */
  constructor(seconds: number) {
    this.sent = new Int32Array(seconds);
    this.failed = new Int32Array(seconds);
    this.latencies = Array.from({ length: seconds }, () => []);
    this.isAllDown = Array.from({ length: seconds }, () => false);
  }

  /** @param latencyMs as the client saw it */
  add(sentAtMs: number, latencyMs: number, hasFailed: boolean): void {
    const { sent, failed } = this;
    const sentIn = Math.floor(sentAtMs / 1000);
    const answeredIn = Math.floor((sentAtMs + latencyMs) / 1000);
    if (sentIn < sent.length) sent[sentIn] = (sent[sentIn] ?? 0) + 1;
    if (answeredIn >= failed.length) return;
    if (hasFailed) failed[answeredIn] = (failed[answeredIn] ?? 0) + 1;
    else this.latencies[answeredIn]?.push(latencyMs);
  }

  /** At the end of a second in which the balancer's list became, or stayed, empty. */
  allDownAtEndOf(second: number): void {
    if (second < this.isAllDown.length) this.isAllDown[second] = true;
  }

  seconds(): Seconds {
    return {
      sent: [...this.sent],
      ok: this.latencies.map(({ length }) => length),
      failed: [...this.failed],
      p95Ms: this.latencies.map((latencies) =>
        latencies.length === 0 ? null : percentileOf(Float64Array.from(latencies).sort(), 0.95),
      ),
      isAllDown: [...this.isAllDown],
    };
  }
}
