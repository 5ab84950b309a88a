import { FAILURE_KINDS, type FailureKind } from "../../src/analysis/result-types";
import type { ComparedFigureName } from "../../src/analysis/validation-report";
import { DYNO_STATUS } from "../../src/engine/levels";
import type { Plan, StepPlan } from "../../src/engine/plan";
import { withSizes } from "../../src/scenario/sizes";
import type { Balancer, Scenario } from "../../src/scenario/types";
import { counts, DRAIN_S, meanOf, percentileOf, type Window } from "./lab-rules";
import type { Engine, Trace } from "./lab-types";
import type { BenchScenario } from "./overheads";
import { replayPlan } from "./replayed-trial";
import { type Seconds, SecondsTally } from "./time-series";

const { up: UP, slow: SLOW } = DYNO_STATUS;

/** What one run of a trial gives, by the lab's rules. NaN: nothing to measure. */
export interface RunFigures extends Readonly<Record<ComparedFigureName, number>> {
  /** Of all that counts. */
  readonly failures: Readonly<Partial<Record<FailureKind, number>>>;
}

/** Collects one run's requests as the lab did. */
class Tally {
  private readonly latencies: number[] = [];
  private queueSumMs = 0;
  private readonly failed = new Map<FailureKind, number>();
  private answersInWindow = 0;

  constructor(
    private readonly window: Window,
    private readonly bench: BenchScenario,
  ) {}

  /** @param latencyMs as the client saw it */
  add(sentAtMs: number, latencyMs: number, queueMs: number, failure: FailureKind | undefined): void {
    const { window, bench } = this;
    const answeredAtMs = sentAtMs + latencyMs;
    const isAnsweredInWindow = answeredAtMs >= window.fromMs && answeredAtMs < window.toMs;
    if (failure === undefined && isAnsweredInWindow) this.answersInWindow += 1;
    if (!counts(window, sentAtMs, answeredAtMs)) return;
    if (failure !== undefined) {
      this.failed.set(failure, (this.failed.get(failure) ?? 0) + 1);
      return;
    }
    this.latencies.push(latencyMs);
    this.queueSumMs += queueMs + bench.beforeWorkMs;
  }

  figures(): RunFigures {
    const { window } = this;
    const latencies = Float64Array.from(this.latencies).sort();
    const failed = [...this.failed.values()].reduce((sum, count) => sum + count, 0);
    const all = latencies.length + failed;
    return {
      throughputPerSecond: (this.answersInWindow / (window.toMs - window.fromMs)) * 1000,
      latencyMeanMs: meanOf(latencies),
      latencyP50Ms: percentileOf(latencies, 0.5),
      latencyP95Ms: percentileOf(latencies, 0.95),
      latencyP99Ms: percentileOf(latencies, 0.99),
      queueMeanMs: this.queueSumMs / latencies.length,
      failureRate: failed / all,
      failures: Object.fromEntries([...this.failed].map(([kind, count]) => [kind, count / all])),
    };
  }
}

function isOpen({ workloads }: Scenario): boolean {
  return workloads.some((workload) => workload.kind === "open");
}

/** The place of each step in its endpoint, in the plan and in those that its timeline changes to. */
function placesOf({ endpoints, timeline }: Plan): readonly (readonly [StepPlan, number])[] {
  const own = endpoints.flatMap(({ steps }) => steps.map((step, place) => [step, place] as const));
  return [...own, ...timeline.flatMap(({ change }) => (change.kind === "plan" ? placesOf(change.plan) : []))];
}

/** A scenario's plan, each step of its endpoint longer by what the bench adds. */
function planOnBench(engine: Engine, scenario: Scenario, stepOverheadsMs: readonly number[]): Plan {
  const plan = engine.compile(withSizes(scenario));
  const places = new Map(placesOf(plan));
  return engine.withStepOverheads(plan, (step) => {
    const overhead = stepOverheadsMs[places.get(step) ?? -1];
    if (overhead === undefined) throw new Error(`${scenario.name}: the plan's steps are not the scenario's`);
    return overhead;
  });
}

function windowOf({ run }: Scenario, by: Window["by"]): Window {
  return { by, fromMs: run.warmupS * 1000, toMs: run.durationS * 1000 };
}

/** What a run keeps of its requests. */
interface Kept {
  readonly figures: Tally;
  readonly seconds: SecondsTally | null;
}

/** A simulation whose every request is kept, with the latency that the lab's client would have seen. */
function tallied(
  engine: Engine,
  plan: Plan,
  replication: number,
  { outsideMs }: BenchScenario,
  { figures, seconds }: Kept,
): InstanceType<Engine["Simulation"]> {
  return new engine.Simulation(plan, replication, {
    answered: ({ sentAtMs, latencyMs, queueMs, failure }) => {
      figures.add(sentAtMs, latencyMs + outsideMs, queueMs, FAILURE_KINDS[failure]);
      seconds?.add(sentAtMs, latencyMs + outsideMs, FAILURE_KINDS[failure] !== undefined);
    },
  });
}

/** Whether the balancer has no dyno to send to. */
export function isAllDown(simulation: InstanceType<Engine["Simulation"]>): boolean {
  const { fleets } = simulation.levels();
  return fleets.every(({ status }) => status.every((one) => one !== UP && one !== SLOW));
}

/** Runs on, with a look at the balancer's list at the end of each second where seconds are kept. */
function advance(
  simulation: InstanceType<Engine["Simulation"]>,
  untilMs: number,
  seconds: SecondsTally | null,
): void {
  while (seconds !== null && simulation.nowMs + 1000 <= untilMs) {
    const second = Math.round(simulation.nowMs / 1000);
    simulation.advance(1000 * (second + 1));
    if (isAllDown(simulation)) seconds.allDownAtEndOf(second);
  }
  simulation.advance(untilMs);
}

/** One run of a trial. */
export interface TrialRun {
  readonly figures: RunFigures;
  /** null where nobody asked for them. */
  readonly seconds: Seconds | null;
}

/**
 * Runs a trial many times, each as long as the trial was and with chance of its own.
 * @param keepsSeconds whether each run is kept second by second, too
 * @returns one item per replication
 */
export function runTrial(
  engine: Engine,
  bench: BenchScenario,
  replications: number,
  keepsSeconds: boolean,
): TrialRun[] {
  const { scenario } = bench;
  const drains = isOpen(scenario);
  const run = { ...scenario.run, durationS: scenario.run.durationS + (drains ? DRAIN_S : 0) };
  const plan = planOnBench(engine, { ...scenario, run }, bench.stepOverheadsMs);
  const window = windowOf(scenario, drains ? "sent" : "answered");
  return Array.from({ length: replications }, (_, replication) => {
    const figures = new Tally(window, bench);
    const seconds = keepsSeconds ? new SecondsTally(run.durationS) : null;
    const simulation = tallied(engine, plan, replication, bench, { figures, seconds });
    advance(simulation, window.toMs, seconds);
    if (drains) {
      simulation.apply({ kind: "requestsPerSecond", requestsPerSecond: 0 });
      advance(simulation, plan.durationMs, seconds);
    }
    return { figures: figures.figures(), seconds: seconds?.seconds() ?? null };
  });
}

/** Balancers that draw nothing: a replay comes out the same every time. */
const UNDRAWN: ReadonlySet<Balancer> = new Set(["round-robin", "least-outstanding"]);

/**
 * Runs a trial under its own recorded arrivals and durations, so that only a balancer that draws leaves anything to chance.
 * @returns one item per replication; one in all where nothing is left to chance
 */
export function runReplays(
  engine: Engine,
  bench: BenchScenario,
  trace: Trace,
  replications: number,
): RunFigures[] {
  const plan = replayPlan(engine, trace, bench, "measured");
  const isUndrawn = bench.scenario.fleets.every(({ balancer }) => UNDRAWN.has(balancer));
  return Array.from({ length: isUndrawn ? 1 : replications }, (_, replication) => {
    const figures = new Tally(windowOf(bench.scenario, "sent"), bench);
    tallied(engine, plan, replication, bench, { figures, seconds: null }).advance(plan.durationMs);
    return figures.figures();
  });
}
