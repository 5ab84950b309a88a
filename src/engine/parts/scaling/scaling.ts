import type { EventList } from "../../kernel/event-list";
import { NOW } from "../../kernel/event-list";
import type { Plan, ScalerPlan } from "../../plan";
import type { Recorder } from "../../record/recorder";
import type { ScalerLog } from "../../record/scaler-log";
import type { DatabaseServers } from "../database-servers";
import type { Fleet } from "../fleet";
import type { Requests } from "../requests";
import type { Timers } from "../timers";
import { AnswerMeter } from "./answer-meter";
import { Autoscaler, type ScalingTarget } from "./autoscaler";
import { FleetMeter } from "./fleet-meter";
import { ServerMeter } from "./server-meter";

/** All autoscalers, and what they measure with; nothing is measured where there is none. */
export class Scaling {
  private servers: ServerMeter | null = null;
  private readonly running: (Autoscaler | null)[];
  private readonly logs: (ScalerLog | null)[];

  constructor(
    private plan: Plan,
    private readonly fleets: readonly Fleet[],
    private readonly databases: DatabaseServers,
    private readonly events: EventList,
    private readonly timers: Timers,
    private readonly requests: Requests,
    private readonly recorder: Recorder,
  ) {
    const none = () => [...fleets.map(() => null), null];
    this.running = none();
    this.logs = none();
  }

  start(): void {
    this.adopt(this.plan);
  }

  /** Autoscalers are to be as this plan says: new ones have seen nothing yet. */
  adopt(plan: Plan): void {
    this.plan = plan;
    plan.fleets.forEach((fleet, number) => {
      this.set(number, number, fleet.autoscaler, () => this.fleetTarget(number));
    });
    this.set(this.fleets.length, "replicas", plan.replicas.autoscaler, () => this.replicaTarget());
  }

  private set(
    place: number,
    name: number | "replicas",
    plan: ScalerPlan | null,
    target: () => ScalingTarget,
  ): void {
    const running = this.running[place] ?? null;
    if (plan === null || plan.policies.length === 0) {
      running?.stop();
      this.running[place] = null;
      return;
    }
    if (running !== null) {
      running.adopt(plan);
      return;
    }
    const log = this.logs[place] ?? this.recorder.scalerLog(name);
    this.logs[place] = log;
    this.running[place] = new Autoscaler(plan, target(), this.timers, log, () => this.events.clock[NOW]!);
  }

  private fleetTarget(number: number): ScalingTarget {
    const fleet = this.fleets[number]!;
    const meter = this.meterOf(fleet);
    return {
      get size() {
        return fleet.lifecycle.size;
      },
      resize: (size, bootMs) => fleet.lifecycle.setDynos(size, bootMs),
      window: (policy) => meter.window(policy),
    };
  }

  private meterOf(fleet: Fleet): FleetMeter {
    if (fleet.meter !== null) return fleet.meter;
    const answers = new AnswerMeter(this.events, this.requests);
    const meter = new FleetMeter(
      this.events.clock,
      fleet.dynos.busy.length,
      () => fleet.present.vcpus,
      answers,
      this.serverMeter(),
    );
    fleet.measure(meter, answers);
    return meter;
  }

  private serverMeter(): ServerMeter {
    if (this.servers !== null) return this.servers;
    const servers = new ServerMeter(this.events.clock, (server) =>
      server === 0 ? this.plan.database.vcpus : this.plan.replicas.server.vcpus,
    );
    this.databases.measure(servers);
    this.servers = servers;
    return servers;
  }

  private replicaTarget(): ScalingTarget {
    const answers = new AnswerMeter(this.events, this.requests);
    for (const fleet of this.fleets) fleet.measureAnswers(answers);
    const servers = this.serverMeter();
    const { members } = this.databases;
    return {
      get size() {
        return members.size;
      },
      resize: (size, bootMs) => members.resize(size, bootMs),
      window: (policy) => servers.replicaWindow(policy, answers),
    };
  }
}
