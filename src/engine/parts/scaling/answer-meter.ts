import type { ScalingStatistic } from "../../../scenario/types";
import { type EventList, NOW } from "../../kernel/event-list";
import { type Requests, TIMES } from "../../parts/requests";
import { STAGE } from "../../record/replication-record";
import type { MetricWindow } from "./metric-window";
import { SampleWindow } from "./sample-window";

/** The requests of a fleet, or of all, as an autoscaler sees them: how many come, and how long the successful ones took. */
export class AnswerMeter {
  private readonly latencies: SampleWindow[] = [];
  private readonly queueTimes: SampleWindow[] = [];
  /** [requests received] */
  private readonly count = new Float64Array(1);
  private readonly latencyMs = new Float64Array(1);

  constructor(
    private readonly events: EventList,
    private readonly requests: Requests,
  ) {}

  received(): void {
    this.count[0]! += 1;
  }

  /** A request was answered in time, now. */
  answered(entry: number): void {
    this.latencyMs[0] = this.events.clock[NOW]! - this.requests.sentAtMs(entry);
    for (const window of this.latencies) window.add(this.latencyMs, 0);
    for (const window of this.queueTimes) window.add(this.requests.timesMs, entry * TIMES + STAGE.queue);
  }

  latency(statistic: ScalingStatistic): MetricWindow {
    return opened(this.latencies, statistic);
  }

  queueTime(statistic: ScalingStatistic): MetricWindow {
    return opened(this.queueTimes, statistic);
  }

  /** Requests per minute and unit. @param presence integral over time of how many units there are */
  perUnit(presence: () => number): MetricWindow {
    let receivedBefore = this.count[0]!;
    let presenceBefore = presence();
    return {
      close: () => {
        const received = this.count[0]! - receivedBefore;
        const there = presence() - presenceBefore;
        receivedBefore = this.count[0]!;
        presenceBefore = presence();
        return there > 0 ? (received / there) * 60_000 : Number.NaN;
      },
    };
  }
}

function opened(windows: SampleWindow[], statistic: ScalingStatistic): MetricWindow {
  const window = new SampleWindow(statistic);
  windows.push(window);
  return {
    close: () => window.close(),
    end: () => {
      windows.splice(windows.indexOf(window), 1);
    },
  };
}
