import type { Balancer as Algorithm } from "../../scenario/types";
import { grownInt32 } from "../kernel/grown";
import { LeastTree } from "../kernel/least-tree";
import { PURPOSE, RandomStream } from "../kernel/random-stream";
import { FIELDS, KEY_HIGH, KEY_LOW, type Requests } from "./requests";

/** Chooses a dyno for each request, out of those in its list. */
export class Balancer {
  /** Requests sent to dyno i and not yet answered (nor timed out): what the balancer itself can see. */
  outstanding: Int32Array;
  private readonly stream = new RandomStream();
  /** The dynos in the list, in the order of their numbers. */
  private list = new Int32Array(0);
  private listed = 0;
  private turn = 0;
  private readonly tree: LeastTree;
  private isListed: Uint8Array;

  constructor(
    private algorithm: Algorithm,
    dynos: number,
    private readonly requests: Requests,
  ) {
    this.outstanding = new Int32Array(dynos);
    this.isListed = new Uint8Array(dynos);
    this.list = new Int32Array(dynos);
    this.tree = new LeastTree(dynos);
  }

  /** How many dynos requests can be sent to. */
  get size(): number {
    return this.listed;
  }

  setAlgorithm(algorithm: Algorithm): void {
    this.algorithm = algorithm;
    // The tree is kept up to date only while it is asked.
    for (let i = 0; i < this.listed; i += 1) {
      const dyno = this.list[i]!;
      this.tree.set(dyno, this.outstanding[dyno]!);
    }
  }

  /** Makes room for more dynos, not in the list at first. */
  grow(dynos: number): void {
    if (dynos <= this.outstanding.length) return;
    this.outstanding = grownInt32(this.outstanding, dynos);
    this.list = grownInt32(this.list, dynos);
    const isListed = new Uint8Array(dynos);
    isListed.set(this.isListed);
    this.isListed = isListed;
    this.tree.grow(dynos);
  }

  /** Puts a dyno into the list, or takes it out. */
  setListed(dyno: number, isListed: boolean): void {
    this.isListed[dyno] = isListed ? 1 : 0;
    this.tree.set(dyno, isListed ? this.outstanding[dyno]! : LeastTree.OUT);
    this.listed = 0;
    for (let i = 0; i < this.isListed.length; i += 1) {
      if (this.isListed[i] === 1) this.list[this.listed++] = i;
    }
  }

  /** The dyno for a request; there must be one in the list. */
  choose(entry: number): number {
    switch (this.algorithm) {
      case "random":
        this.rekey(entry);
        return this.list[this.stream.nextBelow(this.listed)]!;
      case "round-robin": {
        if (this.turn >= this.listed) this.turn = 0;
        return this.list[this.turn++]!;
      }
      case "least-outstanding": {
        const dyno = this.tree.firstLeastFrom(this.turn);
        this.turn = dyno + 1;
        return dyno;
      }
      case "power-of-two":
        return this.betterOfTwo(entry);
    }
  }

  /** Two distinct dynos are drawn; of equals the first drawn is taken. */
  private betterOfTwo(entry: number): number {
    this.rekey(entry);
    const first = this.stream.nextBelow(this.listed);
    if (this.listed === 1) return this.list[first]!;
    let second = this.stream.nextBelow(this.listed - 1);
    if (second >= first) second += 1;
    const one = this.list[first]!;
    const other = this.list[second]!;
    return this.outstanding[other]! < this.outstanding[one]! ? other : one;
  }

  private rekey(entry: number): void {
    this.stream.rekey(
      this.requests.fields[FIELDS * entry + KEY_LOW]!,
      this.requests.fields[FIELDS * entry + KEY_HIGH]!,
      PURPOSE.routing,
    );
  }

  /** A request is sent to a dyno (by = 1), or answered or given up (by = −1). */
  changeOutstanding(dyno: number, by: number): void {
    const outstanding = this.outstanding[dyno]! + by;
    this.outstanding[dyno] = outstanding;
    if (this.algorithm === "least-outstanding" && this.isListed[dyno] === 1) this.tree.set(dyno, outstanding);
  }
}
