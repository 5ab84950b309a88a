import { DYNO_STATUS } from "../levels";
import type { Recorder } from "../record/recorder";
import { GAUGE } from "../record/replication-record";
import type { Timers } from "./timers";

/** What becomes of replicas, for whoever holds the servers. */
export interface MemberUser {
  /** A server of this number is there from now on; it was not before, or is again. */
  joined(server: number): void;
  /** It is no more, and all sessions with it. */
  left(server: number): void;
}

const { gone, booting, up } = DYNO_STATUS;

/** Which replicas there are: those that serve, and those that boot. Numbered from 1, as servers; numbers that are free again are used again. */
export class ReplicaMembers {
  /** What each is, by its number. */
  private readonly status: number[] = [gone];
  private serving = 0;
  private starting = 0;
  /** Rises when a replica's plans change. */
  private readonly turn: number[] = [0];

  constructor(
    private readonly timers: Timers,
    private readonly recorder: Recorder,
    private readonly user: MemberUser,
    private monthlyUsd: number,
  ) {}

  /** How many serve. */
  get count(): number {
    return this.serving;
  }

  /** How many there are to be: those that serve and those that boot. */
  get size(): number {
    return this.serving + this.starting;
  }

  isMember(server: number): boolean {
    return this.status[server] === up;
  }

  /** The next one in turn after a server; 0 where there is none. */
  after(server: number): number {
    const known = this.status.length;
    for (let step = 1; step < known + 1; step += 1) {
      const next = (server + step) % known;
      if (next > 0 && this.status[next] === up) return next;
    }
    return 0;
  }

  /** Each costs so much a month from now on. */
  setPrice(monthlyUsd: number): void {
    this.recorder.changePrice(this.size * (monthlyUsd - this.monthlyUsd));
    this.monthlyUsd = monthlyUsd;
  }

  /** Adds replicas, which serve after `bootMs`, or ends replicas, those with the highest numbers first. */
  resize(size: number, bootMs: number): void {
    while (this.size > size) this.endLast();
    while (this.size < size) this.begin(bootMs);
  }

  private begin(bootMs: number): void {
    let server = 1;
    while (server < this.status.length && this.status[server] !== gone) server += 1;
    const turn = (this.turn[server] ?? 0) + 1;
    this.turn[server] = turn;
    this.status[server] = booting;
    this.starting += 1;
    this.recorder.changePrice(this.monthlyUsd);
    if (bootMs === 0) this.join(server);
    else
      this.timers.after(bootMs, () => {
        if (this.turn[server] === turn) this.join(server);
      });
  }

  private join(server: number): void {
    this.status[server] = up;
    this.starting -= 1;
    this.serving += 1;
    this.recorder.change(GAUGE.replicas, 1);
    this.user.joined(server);
  }

  private endLast(): void {
    let server = this.status.length - 1;
    while (this.status[server] === gone) server -= 1;
    const wasUp = this.status[server] === up;
    this.status[server] = gone;
    this.turn[server] = (this.turn[server] ?? 0) + 1;
    this.recorder.changePrice(-this.monthlyUsd);
    if (!wasUp) {
      this.starting -= 1;
      return;
    }
    this.serving -= 1;
    this.recorder.change(GAUGE.replicas, -1);
    this.user.left(server);
  }
}
