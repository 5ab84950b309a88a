import type { ScalingPolicy } from "../../../scenario/types";
import type { AnswerMeter } from "./answer-meter";
import { type MetricWindow, statisticOf } from "./metric-window";
import type { ServerMeter } from "./server-meter";
import { UnitMeter } from "./unit-meter";

/** What the autoscaler of a fleet measures: its dynos' processors, its requests, and the primary. */
export class FleetMeter {
  private readonly processors: UnitMeter;

  /** @param vcpus of a dyno */
  constructor(
    clock: Float64Array,
    dynos: number,
    private readonly vcpus: () => number,
    private readonly answers: AnswerMeter,
    private readonly servers: ServerMeter,
  ) {
    this.processors = new UnitMeter(clock, dynos);
  }

  grow(dynos: number): void {
    this.processors.grow(dynos);
  }

  changeUp(dyno: number, by: number): void {
    this.processors.changePresence(dyno, by);
  }

  changeProcessors(dyno: number, by: number): void {
    this.processors.change(dyno, by);
  }

  window(policy: ScalingPolicy): MetricWindow {
    const statistic = statisticOf(policy);
    switch (policy.metric) {
      case "cpu":
        return this.processors.window(statistic, this.vcpus);
      case "latencyMs":
        return this.answers.latency(statistic);
      case "queueMs":
        return this.answers.queueTime(statistic);
      case "requestsPerDyno":
        return this.answers.perUnit(() => this.processors.presenceIntegral());
      case "databaseCpu":
        return this.servers.primaryProcessors(statistic);
      case "databaseConnections":
        return this.servers.primaryConnections(statistic);
    }
  }
}
