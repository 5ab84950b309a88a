/**
 * What `npm run validate -- --write` writes for the page: how far the engine agrees with measurements of a real stack. Times in ms, rates per second,
 * fractions and relative errors as fractions (0.01 is 1 %).
 */
export interface ValidationReport {
  /** The engine's version. */
  readonly engine: string;
  readonly generatedFrom: {
    readonly trials: number;
    /** Requests that the stack answered or failed in the trials' measured windows. */
    readonly measuredRequests: number;
    /** Simulated runs of each trial, each as long as the trial itself. */
    readonly replications: number;
    readonly traces: number;
    readonly tracedRequests: number;
  };
  readonly goals: readonly ValidationGoal[];
  readonly trials: readonly ValidatedTrial[];
  readonly traces: readonly ReplayedTrace[];
  readonly overheads: readonly ValidationOverhead[];
}

/** One promise about all trials, and what came of it. */
export interface ValidationGoal {
  /** A whole phrase: "median error of the throughput". */
  readonly name: string;
  readonly unit: "fraction" | "points";
  /** `goal` is the most (errors) or the least (shares) that is allowed. */
  readonly direction: "at-most" | "at-least";
  readonly goal: number;
  readonly reached: number;
  readonly met: boolean;
}

/** The figures that are compared, in the order of the table. Latencies and queue times are of successful requests. */
export type ComparedFigureName =
  | "throughputPerSecond"
  | "latencyMeanMs"
  | "latencyP50Ms"
  | "latencyP95Ms"
  | "latencyP99Ms"
  | "queueMeanMs"
  | "failureRate";

export interface ComparedFigure {
  readonly measured: number;
  /** Mean over the replications, with chance of their own. */
  readonly simulated: number;
  /** Where 95 % of single runs as long as the trial fall. */
  readonly interval: readonly [number, number];
  /** Mean over runs under the trial's own arrivals and durations; null where they were not recorded. */
  readonly replayed: number | null;
  /** (replayed − measured) ÷ measured, or where nothing was recorded (simulated − measured) ÷ measured; of the failure rate the difference itself. */
  readonly error: number;
  /** Whether the measured figure is inside the interval, widened by 3 %. */
  readonly inside: boolean;
}

export interface ValidatedTrial {
  /** As the lab named it: "E_u90_rr_s1". Repeats differ in the last part only. */
  readonly id: string;
  readonly family: string;
  readonly description: string;
  /** False where other work kept the machine busy while it was measured. */
  readonly strictlyValid: boolean;
  /** Absent: not compared, because the figure jumps between steps of a lattice or was not measured. */
  readonly figures: Readonly<Partial<Record<ComparedFigureName, ComparedFigure>>>;
  /** By kind, where one or the other has any: the share of all requests. */
  readonly failures: readonly {
    readonly kind: string;
    readonly measured: number;
    readonly simulated: number;
  }[];
  /** (largest − smallest) ÷ mean over the lab's own repeats of this trial; null where it was measured once. */
  readonly repeatSpread: Readonly<Partial<Record<ComparedFigureName, number>>> | null;
  /** Where the system changes while it runs: second by second; null elsewhere. */
  readonly disturbance: ValidatedDisturbance | null;
  /** Why a figure is outside its interval; null where none is. */
  readonly explanation: string | null;
}

/** What is compared of a trial's seconds, in the order of the table; all of the whole run, where nothing else is said. */
export type DisturbanceFigureName =
  /** Seconds in which a request failed. */
  | "failingSeconds"
  /** From the first failure's second to the last one's, both included. */
  | "failingSpanS"
  /** From the disturbance's begin until nine in ten of what is sent succeeds again, for three seconds; to the run's end where it does not. */
  | "recoveryS"
  /** Successes per second while the disturbance lasts. */
  | "goodputPerSecond"
  /** Seconds without any success, after the warm-up. */
  | "zeroGoodputSeconds"
  /** The 95th percentile of a second's successes, averaged over the seconds while the disturbance lasts, and after it. */
  | "p95DuringMs"
  | "p95AfterMs"
  /** Seconds at whose end every dyno was marked down. */
  | "allDownSeconds";

/** A figure of a trial's seconds, or a share of its requests. */
export interface ComparedDisturbance {
  readonly measured: number;
  /** Mean over the replications. */
  readonly simulated: number;
  /** Where 95 % of single runs fall. */
  readonly interval: readonly [number, number];
  /** Whether the measured figure is inside the interval. */
  readonly inside: boolean;
  /** Whether it is inside, or so near to the mean as was promised. */
  readonly agrees: boolean;
}

/** Successes and failures of each second, by the time of the answer. */
export interface PerSecond {
  readonly ok: readonly number[];
  readonly failed: readonly number[];
}

/** A system that changes while it runs, measured and simulated, second by second. */
export interface ValidatedDisturbance {
  /** When it begins and ends, in s; null where the system comes to it by itself, each run at another time. */
  readonly window: readonly [number, number] | null;
  /** Absent: not compared, because there is no such thing in this trial. */
  readonly figures: Readonly<Partial<Record<DisturbanceFigureName, ComparedDisturbance>>>;
  /** Shares of all measured requests, by kind of failure. */
  readonly failures: readonly (ComparedDisturbance & { readonly kind: string })[];
  readonly measured: PerSecond;
  /** Means over the replications. */
  readonly simulated: PerSecond;
}

/** A recorded trace, replayed with its own arrivals and durations, and compared request by request. */
export interface ReplayedTrace {
  readonly id: string;
  readonly balancer: string;
  /** Of all threads, by the drawn durations; fraction. */
  readonly utilization: number;
  readonly requests: number;
  /** Share of requests whose simulated latency is within 5 ms of the measured one. */
  readonly within5Ms: number;
  /** Of the mean latency: (simulated − measured) ÷ measured. */
  readonly meanError: number;
  /** What was promised for this balancer and load; null: nothing, since routing was drawn at random, the load was higher than any promise reaches, or durations were not as the database took them. */
  readonly goal: { readonly within5Ms: number | null; readonly meanError: number } | null;
  /** True where nothing was promised. */
  readonly met: boolean;
}

/** What the real stack spends that a scenario does not name: one constant for all trials. */
export interface ValidationOverhead {
  readonly name: string;
  /** With its unit: "0.4 ms". */
  readonly value: string;
  readonly source: string;
}
