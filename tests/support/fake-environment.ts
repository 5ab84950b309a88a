import type { Environment } from "../../src/store/environment";
import { ManualClock } from "./manual-clock";

/** A browser's history, address bar and storage, in memory. */
export class FakeEnvironment implements Environment {
  readonly clock = new ManualClock();
  readonly kept: Map<string, string>;
  entries: string[];
  position = 0;
  /** Makes the next writes of the address fail, as browsers do when it is written too often. */
  refusesAddress = false;
  /** Makes all of storage fail. */
  refusesStorage = false;
  #listeners = new Set<() => void>();

  constructor(hash = "", kept = new Map<string, string>()) {
    this.entries = [hash];
    this.kept = kept;
  }

  readonly now = (): number => this.clock.now();
  readonly after = (delayMs: number, callback: () => void): (() => void) =>
    this.clock.after(delayMs, callback);

  readonly address = {
    hash: () => this.entries[this.position] ?? "",
    href: (hash: string) => `https://headroom.example/${hash}`,
    isPlaceInPage: (hash: string) => hash === "#results",
    push: (hash: string) => {
      this.#checkAddress();
      this.entries = [...this.entries.slice(0, this.position + 1), hash];
      this.position += 1;
    },
    replace: (hash: string) => {
      this.#checkAddress();
      this.entries[this.position] = hash;
    },
    onVisit: (listener: () => void) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
  };

  readonly storage = {
    read: (key: string) => {
      this.#checkStorage();
      return this.kept.get(key) ?? null;
    },
    write: (key: string, text: string) => {
      this.#checkStorage();
      this.kept.set(key, text);
    },
    remove: (key: string) => {
      this.#checkStorage();
      this.kept.delete(key);
    },
  };

  /** The reader presses Back or Forward. */
  go(steps: number): void {
    this.position = Math.min(this.entries.length - 1, Math.max(0, this.position + steps));
    this.#tell();
  }

  /** The reader types or pastes an address. */
  type(hash: string): void {
    this.entries = [...this.entries.slice(0, this.position + 1), hash];
    this.position += 1;
    this.#tell();
  }

  /** Browsers tell twice: `popstate` and `hashchange`. */
  #tell(): void {
    for (let time = 0; time < 2; time += 1) for (const listener of this.#listeners) listener();
  }

  #checkAddress(): void {
    if (this.refusesAddress) throw new DOMException("too often", "SecurityError");
  }

  #checkStorage(): void {
    if (this.refusesStorage) throw new DOMException("denied", "SecurityError");
  }
}
