/** Being further behind than this, after as long at work without a rest, a machine is too slow: it falls behind openly. */
const PATIENCE_MS = 250;
/** Over how long the speed that was reached is measured, and how much of that there must be at least. */
const MEASURED_OVER_MS = 1_000;
const MEASURED_OVER_AT_LEAST_MS = 200;

/**
 * How far simulated time should have come: so many times as far as the clock on the wall. A worker that slept too long
 * makes up for it; one that cannot keep up does not try for ever: from where it has come to, time is counted anew.
 */
export class LivePace {
  readonly speed: number;
  #fromMs: number;
  #fromWallMs: number;
  #busySinceMs: number;
  readonly #moments: { readonly wallMs: number; readonly nowMs: number }[] = [];

  /** @param speed simulated seconds per second; Infinity: as fast as possible */
  constructor(speed: number, nowMs: number, wallMs: number) {
    this.speed = speed;
    this.#fromMs = nowMs;
    this.#fromWallMs = wallMs;
    this.#busySinceMs = wallMs;
  }

  /** Where simulated time should be now, in whole milliseconds. */
  goalMs(wallMs: number): number {
    if (this.speed === Number.POSITIVE_INFINITY) return this.speed;
    return Math.floor(this.#fromMs + this.speed * (wallMs - this.#fromWallMs));
  }

  /** The goal was reached: there is time to rest. */
  rested(wallMs: number): void {
    this.#busySinceMs = wallMs;
  }

  /** Some time was worked, and the goal is not reached. */
  worked(nowMs: number, wallMs: number): void {
    const behindMs = (this.goalMs(wallMs) - nowMs) / this.speed;
    if (wallMs - this.#busySinceMs <= PATIENCE_MS || !(behindMs > PATIENCE_MS)) return;
    this.#fromMs = nowMs;
    this.#fromWallMs = wallMs;
    this.#busySinceMs = wallMs;
  }

  /** Takes down where time is, for the speed that is reached; null while too little is known. */
  speedReached(nowMs: number, wallMs: number): number | null {
    this.#moments.push({ wallMs, nowMs });
    while (this.#moments.length > 2 && wallMs - (this.#moments[1]?.wallMs ?? wallMs) >= MEASURED_OVER_MS)
      this.#moments.shift();
    const [first] = this.#moments;
    if (first === undefined || wallMs - first.wallMs < MEASURED_OVER_AT_LEAST_MS) return null;
    return (nowMs - first.nowMs) / (wallMs - first.wallMs);
  }
}
