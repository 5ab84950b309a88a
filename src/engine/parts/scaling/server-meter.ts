import type { ScalingPolicy, ScalingStatistic } from "../../../scenario/types";
import type { AnswerMeter } from "./answer-meter";
import { type MetricWindow, statisticOf } from "./metric-window";
import { UnitMeter } from "./unit-meter";

const PRIMARY = 0;

/** What autoscalers measure of database servers: processors and open connections, of the primary and of each replica. */
export class ServerMeter {
  private readonly primary: { readonly processors: UnitMeter; readonly connections: UnitMeter };
  private readonly replicas: { readonly processors: UnitMeter; readonly connections: UnitMeter };

  /** @param vcpus of server i */
  constructor(
    clock: Float64Array,
    private readonly vcpus: (server: number) => number,
  ) {
    const meters = (units: number) => ({
      processors: new UnitMeter(clock, units),
      connections: new UnitMeter(clock, units),
    });
    this.primary = meters(1);
    this.replicas = meters(1);
    this.primary.processors.changePresence(PRIMARY, 1);
    this.primary.connections.changePresence(PRIMARY, 1);
  }

  changeProcessors(server: number, by: number): void {
    if (server === PRIMARY) this.primary.processors.change(PRIMARY, by);
    else this.ofReplica(server).processors.change(server, by);
  }

  changeConnections(server: number, by: number): void {
    if (server === PRIMARY) this.primary.connections.change(PRIMARY, by);
    else this.ofReplica(server).connections.change(server, by);
  }

  /** A replica serves from now on (1), or no more (−1). */
  changeMember(server: number, by: number): void {
    const { processors, connections } = this.ofReplica(server);
    processors.changePresence(server, by);
    connections.changePresence(server, by);
  }

  private ofReplica(server: number): { readonly processors: UnitMeter; readonly connections: UnitMeter } {
    this.replicas.processors.grow(server + 1);
    this.replicas.connections.grow(server + 1);
    return this.replicas;
  }

  primaryProcessors(statistic: ScalingStatistic): MetricWindow {
    return this.primary.processors.window(statistic, () => this.vcpus(PRIMARY));
  }

  primaryConnections(statistic: ScalingStatistic): MetricWindow {
    return this.primary.connections.window(statistic, () => 1);
  }

  /** What the autoscaler of the replicas measures. @param answers of all fleets */
  replicaWindow(policy: ScalingPolicy, answers: AnswerMeter): MetricWindow {
    const statistic = statisticOf(policy);
    switch (policy.metric) {
      case "cpu":
      case "databaseCpu":
        return this.replicas.processors.window(statistic, () => this.vcpus(PRIMARY + 1));
      case "databaseConnections":
        return this.replicas.connections.window(statistic, () => 1);
      case "latencyMs":
        return answers.latency(statistic);
      case "queueMs":
        return answers.queueTime(statistic);
      case "requestsPerDyno":
        return answers.perUnit(() => this.replicas.processors.presenceIntegral());
    }
  }
}
