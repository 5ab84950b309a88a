import { type EventList, NOW } from "../kernel/event-list";
import { FAILURE, SUCCESS } from "../record/replication-record";
import type { Database } from "./database";
import type { ReplicaMembers } from "./replica-members";

/** A name that stands for all replicas: each look-up gets the next, and the answer is everybody's until it is too old, even when that replica is no more. */
export class ReplicaName {
  /** [until when the last answer holds] in ms */
  private readonly until = new Float64Array([-1]);
  private answer = 0;

  /** @param members the replicas that the name stands for, numbered from 1 */
  constructor(
    private readonly members: ReplicaMembers,
    private dnsTtlMs: number,
    private readonly events: EventList,
  ) {}

  setTtl(dnsTtlMs: number): void {
    this.dnsTtlMs = dnsTtlMs;
  }

  /** The replica that the name leads to now; 0, the primary, where there is none. */
  choose(): number {
    const now = this.events.clock[NOW]!;
    if (now >= this.until[0]! || this.answer === 0) {
      this.answer = this.members.after(this.answer);
      this.until[0] = now + this.dnsTtlMs;
    }
    return this.answer;
  }
}

/**
 * A proxy before the replicas (Pgpool-II and its like), which takes each query to the one with the fewest active. It opens sessions as they are
 * needed and keeps them; its own clients' connections cost nothing.
 */
export class ReplicaProxy {
  /** Sessions at each replica that run nothing, and the life of its database that they were opened in. */
  private readonly idle: number[] = [];
  private readonly life: number[] = [];
  private turn = 0;

  /** @param replicas all that there have been; those that are gone are down */
  constructor(private readonly replicas: readonly Database[]) {}

  /** Sessions that run nothing at present, over all replicas. */
  get idleSessions(): number {
    return this.idle.reduce((sum, idle, i) => sum + (this.life[i] === this.replicas[i]!.life ? idle : 0), 0);
  }

  /** The replica for the next query, by its place in the list; −1 where none is up. Equals take turns. */
  choose(): number {
    const { replicas } = this;
    let best = -1;
    for (let i = 0, place = this.turn; i < replicas.length; i += 1) {
      if (place >= replicas.length) place = 0;
      const replica = replicas[place]!;
      if (replica.isUp && (best < 0 || replica.activeQueries < replicas[best]!.activeQueries)) best = place;
      place += 1;
    }
    if (best >= 0) this.turn = best + 1;
    return best;
  }

  /** A session at a replica, kept or new. @returns SUCCESS or one of FAILURE */
  open(place: number): number {
    if (place < 0) return FAILURE["database-down"];
    const replica = this.replicas[place]!;
    this.forgetLost(place);
    if (this.idle[place] === 0) return replica.connect();
    this.idle[place]! -= 1;
    return SUCCESS;
  }

  /** A query has ended: its session waits for the next. */
  giveBack(place: number): void {
    this.forgetLost(place);
    this.idle[place]! += 1;
  }

  /** Sessions of an earlier life of the database are no more. */
  private forgetLost(place: number): void {
    const { life } = this.replicas[place]!;
    if (this.life[place] === life) return;
    this.life[place] = life;
    this.idle[place] = 0;
  }
}
