import { type PURPOSE, RandomStream } from "../kernel/random-stream";
import type { Shares } from "../plan";
import { FIELDS, KEY_HIGH, KEY_LOW, type Requests } from "./requests";

/** Draws one of several numbers by weight, for each request its own. */
export class ShareDraw {
  private readonly items: Int32Array;
  /** Sums of the weights up to each item, as a fraction of all. */
  private readonly upTo: Float64Array;
  private readonly stream = new RandomStream();

  constructor(
    { items, weights }: Shares,
    private readonly purpose: typeof PURPOSE.endpoint | typeof PURPOSE.fleet,
    private readonly requests: Requests,
  ) {
    this.items = Int32Array.from(items);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    this.upTo = Float64Array.from(weights, (weight) => {
      sum += weight;
      return sum / total;
    });
  }

  of(entry: number): number {
    const { items, upTo } = this;
    const last = items.length - 1;
    if (last === 0) return items[0]!;
    const row = FIELDS * entry;
    this.stream.rekey(
      this.requests.fields[row + KEY_LOW]!,
      this.requests.fields[row + KEY_HIGH]!,
      this.purpose,
    );
    const uniform = this.stream.nextUniform();
    let at = 0;
    while (at < last && uniform >= upTo[at]!) at += 1;
    return items[at]!;
  }
}
