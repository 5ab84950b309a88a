/**
 * Which of many counters is least, and of equals the next in turn: a tournament tree over integers.
 * Changing a counter and finding the least cost O(log n), so a balancer over 10,000 dynos stays cheap.
 */
export class LeastTree {
  private leaves: number;
  /** Node i has the children 2i and 2i + 1; leaf of member m is `leaves + m`. */
  private least: Int32Array;

  /** Of every counter outside 0 … members − 1, and of members taken out. */
  static readonly OUT = 0x7fffffff;

  /** @param members how many counters; all begin taken out */
  constructor(members: number) {
    this.leaves = 1;
    while (this.leaves < members) this.leaves *= 2;
    this.least = new Int32Array(2 * this.leaves).fill(LeastTree.OUT);
  }

  /** Makes room for more members, taken out at first. */
  grow(members: number): void {
    if (members <= this.leaves) return;
    const grown = new LeastTree(members);
    for (let member = 0; member < this.leaves; member += 1) {
      const count = this.least[this.leaves + member]!;
      if (count !== LeastTree.OUT) grown.set(member, count);
    }
    this.leaves = grown.leaves;
    this.least = grown.least;
  }

  /** Sets a member's counter (or OUT). */
  set(member: number, count: number): void {
    const least = this.least;
    let node = this.leaves + member;
    least[node] = count;
    node >>= 1;
    while (node >= 1) {
      const left = least[2 * node]!;
      const right = least[2 * node + 1]!;
      const lower = left < right ? left : right;
      if (least[node] === lower) return;
      least[node] = lower;
      node >>= 1;
    }
  }

  /** The first member at or after `turn`, cyclically, whose counter is the least of all; −1 when all are out. */
  firstLeastFrom(turn: number): number {
    const lowest = this.least[1]!;
    if (lowest === LeastTree.OUT) return -1;
    const after = this.firstFrom(turn < this.leaves ? turn : 0, lowest);
    return after >= 0 ? after : this.firstFrom(0, lowest);
  }

  /** The first member ≥ `from` whose counter equals `lowest`, or −1. */
  private firstFrom(from: number, lowest: number): number {
    const least = this.least;
    let node = this.leaves + from;
    if (least[node] !== lowest) {
      // Climb until a right-hand neighbour holds the least, then go down to its leftmost such leaf.
      for (;;) {
        if (node === 1) return -1;
        if ((node & 1) === 0 && least[node + 1] === lowest) {
          node += 1;
          break;
        }
        node >>= 1;
      }
      while (node < this.leaves) {
        node *= 2;
        if (least[node] !== lowest) node += 1;
      }
    }
    return node - this.leaves;
  }
}
