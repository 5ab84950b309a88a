/** The address bar and the browser's history, as far as the session needs them. */
export interface AddressBar {
  /** The present hash with its `#`, or an empty string. */
  hash(): string;
  /** The page's whole address with this hash. */
  href(hash: string): string;
  /** Whether a hash only points to a place in the page, as a skip link does. */
  isPlaceInPage(hash: string): boolean;
  /** Both may throw: browsers limit how often and how long. */
  push(hash: string): void;
  replace(hash: string): void;
  /** Calls back when the reader went to another address of the page; the returned function ends it. */
  onVisit(listener: () => void): () => void;
}

/** Text kept by name over visits. Every call may throw: storage can be full, or forbidden. */
export interface TextStorage {
  read(key: string): string | null;
  write(key: string, text: string): void;
  remove(key: string): void;
}

/** Everything the session needs of the browser; tests bring their own. */
export interface Environment {
  readonly address: AddressBar;
  readonly storage: TextStorage;
  /** Milliseconds from some fixed moment. */
  now(): number;
  /** Calls back once after a delay in milliseconds; the returned function calls it off. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The environment of a page in a browser. */
export function browserEnvironment(): Environment {
  return {
    address: {
      hash: () => window.location.hash,
      href: (hash) => new URL(hash, window.location.href).href,
      isPlaceInPage: (hash) => document.getElementById(hash.slice(1)) !== null,
      push: (hash) => window.history.pushState(null, "", hash),
      replace: (hash) => window.history.replaceState(null, "", hash),
      onVisit(listener) {
        window.addEventListener("popstate", listener);
        window.addEventListener("hashchange", listener);
        return () => {
          window.removeEventListener("popstate", listener);
          window.removeEventListener("hashchange", listener);
        };
      },
    },
    storage: {
      read: (key) => window.localStorage.getItem(key),
      write: (key, text) => window.localStorage.setItem(key, text),
      remove: (key) => window.localStorage.removeItem(key),
    },
    now: () => performance.now(),
    after(delayMs, callback) {
      const timer = window.setTimeout(callback, delayMs);
      return () => window.clearTimeout(timer);
    },
  };
}
