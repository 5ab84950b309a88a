import type { Balancer as Algorithm } from "../../scenario/types";
import { NONE } from "../kernel/event-list";
import { grownInt32, grownUint8 } from "../kernel/grown";
import { LeastTree } from "../kernel/least-tree";
import { attemptPurpose, PURPOSE, RandomStream } from "../kernel/random-stream";
import { ATTEMPT, FIELDS, KEY_HIGH, KEY_LOW, type Requests, TRIES } from "./requests";

/** Each attempt to connect draws anew: odd, so that no two attempts share a key. */
const TRY_STEP = 0x2c1b3c6d;

/**
 * Chooses a dyno for each request, out of those that are eligible: in the balancer's list, and where there is a limit, with fewer requests outstanding.
 */
export class Balancer {
  /** Requests sent to dyno i and not yet answered (nor timed out): what the balancer itself can see. */
  outstanding: Int32Array;
  private readonly stream = new RandomStream();
  private isListed: Uint8Array;
  private listed = 0;
  private turn = 0;
  private readonly tree: LeastTree;
  /** The eligible dynos: without a limit in the order of their numbers, with one in any order. */
  private eligible: Int32Array;
  private eligibleCount = 0;
  /** Where an eligible dyno stands among them. */
  private place: Int32Array;
  /** Whether the list has changed since the eligible dynos were listed. */
  private isStale = false;
  private hasLimit: boolean;

  /** @param limit of outstanding requests per dyno; Infinity: none */
  constructor(
    private algorithm: Algorithm,
    dynos: number,
    private limit: number,
    private readonly requests: Requests,
  ) {
    this.hasLimit = limit !== Infinity;
    this.outstanding = new Int32Array(dynos);
    this.isListed = new Uint8Array(dynos);
    this.eligible = new Int32Array(dynos);
    this.place = new Int32Array(dynos);
    this.tree = new LeastTree(dynos);
  }

  /** How many dynos are in the list. */
  get size(): number {
    return this.listed;
  }

  /** Whether there is a dyno that a request can be sent to now. */
  get hasEligible(): boolean {
    this.refresh();
    return this.eligibleCount > 0;
  }

  /** @param limit of outstanding requests per dyno; Infinity: none */
  adopt(algorithm: Algorithm, limit: number): void {
    if (algorithm === this.algorithm && limit === this.limit) return;
    this.algorithm = algorithm;
    this.limit = limit;
    this.hasLimit = limit !== Infinity;
    this.isStale = true;
    // The tree is kept up to date only while it is asked.
    for (let dyno = 0; dyno < this.isListed.length; dyno += 1) this.updateTree(dyno);
  }

  /** Makes room for more dynos, not in the list at first. */
  grow(dynos: number): void {
    if (dynos <= this.outstanding.length) return;
    this.outstanding = grownInt32(this.outstanding, dynos);
    this.isListed = grownUint8(this.isListed, dynos);
    this.eligible = grownInt32(this.eligible, dynos);
    this.place = grownInt32(this.place, dynos);
    this.tree.grow(dynos);
  }

  /** Puts a dyno into the list, or takes it out. */
  setListed(dyno: number, isListed: boolean): void {
    if ((this.isListed[dyno] === 1) === isListed) return;
    this.isListed[dyno] = isListed ? 1 : 0;
    this.listed += isListed ? 1 : -1;
    this.isStale = true;
    this.updateTree(dyno);
  }

  private isEligible(dyno: number): boolean {
    return this.isListed[dyno] === 1 && this.outstanding[dyno]! < this.limit;
  }

  private updateTree(dyno: number): void {
    if (!this.isEligible(dyno)) this.tree.set(dyno, LeastTree.OUT);
    else this.tree.set(dyno, this.algorithm === "least-outstanding" ? this.outstanding[dyno]! : 0);
  }

  /** Lists the eligible dynos anew, after dynos have come or gone. */
  private refresh(): void {
    if (!this.isStale) return;
    this.isStale = false;
    this.eligibleCount = 0;
    for (let dyno = 0; dyno < this.isListed.length; dyno += 1) {
      if (this.isEligible(dyno)) this.addEligible(dyno);
    }
  }

  private addEligible(dyno: number): void {
    this.place[dyno] = this.eligibleCount;
    this.eligible[this.eligibleCount++] = dyno;
  }

  private removeEligible(dyno: number): void {
    const place = this.place[dyno]!;
    const last = this.eligible[--this.eligibleCount]!;
    this.eligible[place] = last;
    this.place[last] = place;
  }

  /** The dyno for a request; there must be an eligible one. */
  choose(entry: number): number {
    this.refresh();
    switch (this.algorithm) {
      case "random":
        this.rekey(entry);
        return this.eligible[this.stream.nextBelow(this.eligibleCount)]!;
      case "round-robin": {
        if (this.hasLimit) return this.nextInTree();
        if (this.turn >= this.eligibleCount) this.turn = 0;
        return this.eligible[this.turn++]!;
      }
      case "least-outstanding":
        return this.nextInTree();
      case "power-of-two":
        return this.betterOfTwo(entry);
    }
  }

  /** As `choose`, but another dyno than this one; NONE where there is no other. */
  chooseOther(entry: number, dyno: number): number {
    const wasListed = this.isListed[dyno] === 1;
    this.setListed(dyno, false);
    const other = this.hasEligible ? this.choose(entry) : NONE;
    this.setListed(dyno, wasListed);
    return other;
  }

  /** Of the dynos with the least number in the tree, the first from the one whose turn it is. */
  private nextInTree(): number {
    const dyno = this.tree.firstLeastFrom(this.turn);
    this.turn = dyno + 1;
    return dyno;
  }

  /** Two distinct dynos are drawn; of equals the first drawn is taken. */
  private betterOfTwo(entry: number): number {
    this.rekey(entry);
    const first = this.stream.nextBelow(this.eligibleCount);
    if (this.eligibleCount === 1) return this.eligible[first]!;
    let second = this.stream.nextBelow(this.eligibleCount - 1);
    if (second >= first) second += 1;
    const one = this.eligible[first]!;
    const other = this.eligible[second]!;
    return this.outstanding[other]! < this.outstanding[one]! ? other : one;
  }

  private rekey(entry: number): void {
    const { fields } = this.requests;
    const row = FIELDS * entry;
    this.stream.rekey(
      fields[row + KEY_LOW]! + Math.imul(fields[row + TRIES]!, TRY_STEP),
      fields[row + KEY_HIGH]!,
      attemptPurpose(PURPOSE.routing, fields[row + ATTEMPT]!),
    );
  }

  /** A request is sent to a dyno (by = 1), or answered or given up (by = −1). */
  changeOutstanding(dyno: number, by: number): void {
    const outstanding = this.outstanding[dyno]! + by;
    this.outstanding[dyno] = outstanding;
    if (this.isListed[dyno] === 0) return;
    if (this.hasLimit) this.followLimit(dyno, outstanding, by);
    else if (this.algorithm === "least-outstanding") this.tree.set(dyno, outstanding);
  }

  /** Keeps the eligible dynos listed as one reaches its limit, or falls below it. */
  private followLimit(dyno: number, outstanding: number, by: number): void {
    this.updateTree(dyno);
    if (this.isStale) return;
    if (by > 0 && outstanding === this.limit) this.removeEligible(dyno);
    else if (by < 0 && outstanding === this.limit - 1) this.addEligible(dyno);
  }
}
