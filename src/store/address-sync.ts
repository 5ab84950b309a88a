import type { Problem, Scenario } from "../scenario/types";
import { COMFORTABLE_LINK_LENGTH, readHash, withQuestion, writeCompactHash, writeHash } from "../share/link";
import type { Environment } from "./environment";
import type { ScenarioEntry } from "./scenario-editor";

/** Browsers cut, refuse or choke on longer ones. */
const LONGEST_ADDRESS = 100_000;
/** So many recorded values are too many for an address, without writing it to see. */
const MOST_RECORDED = 10_000;
/** Browsers refuse to write the address too often; the last one is then written a little later. */
const RETRY_AFTER_MS = 1_000;

/** What an address led to. */
export interface OpenedLink extends ScenarioEntry {
  /** The question that it asks, as JSON text. */
  readonly question?: string;
  readonly problems: readonly Problem[];
}

/** How many recorded requests and points of curves a scenario holds. */
function recordedIn({ workloads }: Scenario): number {
  return workloads.reduce((sum, workload) => {
    if (workload.kind === "replay") return sum + workload.requests.length;
    return sum + (workload.kind === "open" ? (workload.trace?.length ?? 0) : 0);
  }, 0);
}

/** The hash for a scenario and the question about it; empty where it would be too long: the scenario is then kept in the browser alone. */
function hashOf({ baseId, scenario }: ScenarioEntry, question: string | null): string {
  if (recordedIn(scenario) > MOST_RECORDED) return "";
  const plain = writeHash(baseId, scenario);
  const hash = question === null ? plain : withQuestion(plain, question);
  return hash.length > LONGEST_ADDRESS ? "" : hash;
}

/** Keeps the address bar and the scenario together. */
export class AddressSync {
  readonly #environment: Environment;
  readonly #onOpen: (link: OpenedLink) => void;
  readonly #question: () => string | null;
  /** The hash that stands for the present scenario, as the browser spells it. */
  #present = "";
  #reads = 0;
  #callOffRetry: (() => void) | null = null;
  #endListening: (() => void) | null = null;

  /** @param question the JSON of what is asked of the present scenario; null: nothing is */
  constructor(
    environment: Environment,
    onOpen: (link: OpenedLink) => void,
    question: () => string | null = () => null,
  ) {
    this.#environment = environment;
    this.#question = question;
    this.#onOpen = onOpen;
  }

  listen(): void {
    this.#endListening = this.#environment.address.onVisit(() => void this.#visit());
  }

  /** Opens the address the page was loaded with; null where it names no scenario. Never rejects. */
  async open(): Promise<OpenedLink | null> {
    const { address } = this.#environment;
    const hash = address.hash();
    return this.#isEmpty(hash) ? null : this.#read(hash);
  }

  /** `push` makes a new entry of the browser's history, `replace` none. */
  write({ baseId, scenario }: ScenarioEntry, how: "push" | "replace"): void {
    const { address, after } = this.#environment;
    // A link still being read is older than this.
    this.#reads += 1;
    this.#callOffRetry?.();
    this.#callOffRetry = null;
    const hash = hashOf({ baseId, scenario }, this.#question());
    if (hash === address.hash()) {
      this.#present = hash;
      return;
    }
    try {
      address[how](hash);
      this.#present = address.hash();
    } catch {
      this.#callOffRetry = after(RETRY_AFTER_MS, () => this.write({ baseId, scenario }, how));
    }
  }

  /** A whole address to hand on: readable, or compact where that is too long; null where both are. */
  async shareLink(entry: ScenarioEntry): Promise<string | null> {
    const { address } = this.#environment;
    const question = this.#question();
    const hash = hashOf(entry, question);
    const readable = hash === "" ? null : address.href(hash);
    // The compact form has the scenario alone, without the story that it is a step of.
    const isStory = hash.startsWith("#story=");
    if (readable !== null && (isStory || readable.length <= COMFORTABLE_LINK_LENGTH)) return readable;
    try {
      const scenario = await writeCompactHash(entry.scenario);
      const compact = address.href(question === null ? scenario : withQuestion(scenario, question));
      if (compact.length > LONGEST_ADDRESS) return readable;
      return readable === null || compact.length < readable.length ? compact : readable;
    } catch {
      // An old browser cannot compress; the long link is still right.
      return readable;
    }
  }

  dispose(): void {
    this.#reads += 1;
    this.#callOffRetry?.();
    this.#endListening?.();
  }

  async #visit(): Promise<void> {
    const { address } = this.#environment;
    const hash = address.hash();
    if (hash === this.#present) {
      // Also where the reader went on and came back before the other link was read.
      this.#reads += 1;
      return;
    }
    if (this.#isEmpty(hash)) {
      if (this.#present !== "") this.#restore();
      return;
    }
    this.#reads += 1;
    const read = this.#reads;
    const link = await this.#read(hash);
    if (read === this.#reads && link !== null) this.#onOpen(link);
  }

  async #read(hash: string): Promise<OpenedLink | null> {
    try {
      const link = await readHash(hash);
      if (this.#environment.address.hash() === hash) this.#present = hash;
      return link;
    } catch {
      return null;
    }
  }

  #isEmpty(hash: string): boolean {
    return hash.length <= 1 || this.#environment.address.isPlaceInPage(hash);
  }

  #restore(): void {
    try {
      this.#environment.address.replace(this.#present);
    } catch {
      // The scenario itself is safe; the next step writes the address again.
    }
  }
}
