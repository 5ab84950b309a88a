import { type EventList, NONE } from "./event-list";
import { grownFloat64, grownInt32 } from "./grown";

/** Columns of `links`, a row of which belongs to an entry. */
const CHILD = 0;
const SIBLING = 1;
/** Columns of `keys`, a row of which belongs to an entry. */
const KEY = 0;
const ORDER = 1;

/**
 * A set of heaps of entries, least key first and at equal keys in the order of joining. An entry is in at most one heap of the set.
 *
 * Pairing heaps (Fredman, Sedgewick, Sleator, Tarjan 1986): joining costs one comparison, taking the least O(log n) amortised, and a heap
 * takes no memory but its root.
 */
export class JobHeaps {
  private roots: Int32Array;
  private links = new Int32Array(0);
  private keys = new Float64Array(0);
  private joined = 0;

  /** @param events whose entries are in the heaps @param count how many heaps there are at first, numbered from 0 */
  constructor(events: EventList, count: number) {
    this.roots = new Int32Array(count).fill(NONE);
    events.onGrow((capacity) => {
      this.links = grownInt32(this.links, 2 * capacity);
      this.keys = grownFloat64(this.keys, 2 * capacity);
    });
  }

  /** Makes room for more heaps, empty at first. */
  grow(count: number): void {
    const known = this.roots.length;
    if (count > known) this.roots = grownInt32(this.roots, count).fill(NONE, known);
  }

  /** The entry of the least key; NONE in an empty heap. */
  least(heap: number): number {
    return this.roots[heap]!;
  }

  /** The key under which an entry joined. */
  keyOf(entry: number): number {
    return this.keys[2 * entry + KEY]!;
  }

  join(heap: number, entry: number, key: number): void {
    this.keys[2 * entry + KEY] = key;
    this.keys[2 * entry + ORDER] = this.joined;
    this.joined += 1;
    this.links[2 * entry + CHILD] = NONE;
    this.links[2 * entry + SIBLING] = NONE;
    const root = this.roots[heap]!;
    this.roots[heap] = root === NONE ? entry : this.meld(root, entry);
  }

  /** Takes the entry of the least key out of a heap that is not empty. */
  takeLeast(heap: number): number {
    const root = this.roots[heap]!;
    this.roots[heap] = this.pairUp(this.links[2 * root + CHILD]!);
    return root;
  }

  /** Empties a heap, and adds its entries to `into`, in no particular order. */
  clear(heap: number, into: number[]): void {
    const from = into.length;
    if (this.roots[heap] !== NONE) into.push(this.roots[heap]!);
    this.roots[heap] = NONE;
    for (let at = from; at < into.length; at += 1) {
      let child = this.links[2 * into[at]! + CHILD]!;
      for (; child !== NONE; child = this.links[2 * child + SIBLING]!) into.push(child);
    }
  }

  /** Joins two heaps, neither of whose roots has a sibling that matters. @returns the root */
  private meld(one: number, other: number): number {
    const { keys, links } = this;
    const difference = keys[2 * one + KEY]! - keys[2 * other + KEY]!;
    const isFirst = difference < 0 || (difference === 0 && keys[2 * one + ORDER]! < keys[2 * other + ORDER]!);
    const root = isFirst ? one : other;
    const child = isFirst ? other : one;
    links[2 * child + SIBLING] = links[2 * root + CHILD]!;
    links[2 * root + CHILD] = child;
    return root;
  }

  /** Joins a list of siblings into one heap: in pairs from the front, then the pairs from the back. */
  private pairUp(first: number): number {
    const { links } = this;
    let pairs = NONE;
    for (let one = first; one !== NONE; ) {
      const other = links[2 * one + SIBLING]!;
      if (other === NONE) {
        links[2 * one + SIBLING] = pairs;
        pairs = one;
        break;
      }
      const next = links[2 * other + SIBLING]!;
      const pair = this.meld(one, other);
      links[2 * pair + SIBLING] = pairs;
      pairs = pair;
      one = next;
    }
    if (pairs === NONE) return NONE;
    let root = pairs;
    for (let pair = links[2 * pairs + SIBLING]!; pair !== NONE; ) {
      const next = links[2 * pair + SIBLING]!;
      root = this.meld(root, pair);
      pair = next;
    }
    return root;
  }
}
