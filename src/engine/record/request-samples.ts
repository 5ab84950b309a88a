import { mix } from "../kernel/random-stream";
import {
  ATTEMPT,
  DYNO,
  ENDPOINT,
  FIELDS,
  FLEET,
  KEY_HIGH,
  KEY_LOW,
  type Requests,
  WORKLOAD,
} from "../parts/requests";
import { FAILURE_COUNT, type RequestSample, type SampleReason, SUCCESS } from "./replication-record";
import type { Standing } from "./stage-trace";

/** Successful requests that are drawn, and failed ones of each kind. */
const DRAWN = 64;
const DRAWN_FAILURES = 4;

/** A drawn sample, and the number that it was drawn by. */
interface Drawn {
  readonly lot: number;
  readonly sample: RequestSample;
}

/**
 * Whole requests of one replication: the slowest that succeeded, and some drawn, each as likely as any other (those with the least lots, and a request's lot comes
 * from its key). A request that is sent while very many are under way is left out of both: its stages are not traced (see `StageTrace`).
 */
export class RequestSamples {
  /** By failure kind, successes behind them; in the order of their lots. */
  private readonly drawn: Drawn[][] = Array.from({ length: FAILURE_COUNT + 1 }, () => []);
  private readonly highestLot = new Float64Array(FAILURE_COUNT + 1).fill(Infinity);
  private slowest: RequestSample | null = null;

  /** @param standing where a request stands that is not answered yet */
  constructor(
    private readonly requests: Requests,
    private readonly standing: (entry: number) => Standing,
  ) {}

  /** A request that counts has been answered, or has failed. */
  answered(entry: number, failure: number, latencyMs: number): void {
    const { fields, trace } = this.requests;
    if (trace === null || !trace.covers(entry)) return;
    const row = FIELDS * entry;
    const lot =
      mix(
        fields[row + KEY_LOW]! ^ Math.imul(fields[row + KEY_HIGH]! + fields[row + ATTEMPT]!, 0x9e3779b1),
      ) >>> 0;
    const kind = failure === SUCCESS ? FAILURE_COUNT : failure;
    if (lot < this.highestLot[kind]!) this.draw(kind, lot, this.sample(entry, failure, latencyMs, "drawn"));
    if (failure === SUCCESS && latencyMs > (this.slowest?.latencyMs ?? -1))
      this.slowest = this.sample(entry, failure, latencyMs, "slowest");
  }

  private draw(kind: number, lot: number, sample: RequestSample): void {
    const drawn = this.drawn[kind]!;
    const most = kind === FAILURE_COUNT ? DRAWN : DRAWN_FAILURES;
    drawn.push({ lot, sample });
    drawn.sort((a, b) => a.lot - b.lot);
    if (drawn.length > most) drawn.pop();
    if (drawn.length === most) this.highestLot[kind] = drawn[most - 1]!.lot;
  }

  private sample(entry: number, failure: number, latencyMs: number, reason: SampleReason): RequestSample {
    const { fields, trace } = this.requests;
    const row = FIELDS * entry;
    return {
      reason,
      workload: fields[row + WORKLOAD]!,
      endpoint: fields[row + ENDPOINT]!,
      fleet: fields[row + FLEET]!,
      dyno: fields[row + DYNO]!,
      attempt: fields[row + ATTEMPT]!,
      sentAtMs: this.requests.sentAtMs(entry),
      latencyMs,
      failure,
      segments: trace?.segments(entry, latencyMs, this.standing(entry)) ?? new Float64Array(0),
    };
  }

  /** A copy of everything drawn until now: what is handed out can be given away. */
  record(): RequestSample[] {
    const drawn = this.drawn.flatMap((kind) => kind.map(({ sample }) => sample));
    const all = this.slowest === null ? drawn : [...drawn, this.slowest];
    return all.map((sample) => ({ ...sample, segments: sample.segments.slice() }));
  }
}
