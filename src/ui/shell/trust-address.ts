import { type MouseEvent, useSyncExternalStore } from "react";

/**
 * Where the page about trust lies: in the query, not the hash. The hash is the scenario's, and stays what it was while
 * that page is open; the link can be handed on, and Back closes the page.
 */
export const TRUST_ADDRESS = "?trust";

/** Opens the page about trust as a step of the browser's history. */
export function openTrust(): void {
  if (isOpen()) return;
  window.history.pushState({ isFromPage: true }, "", TRUST_ADDRESS + window.location.hash);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

/** Closes it: back to where it was opened, or, where the page began with it, to the dashboard's own address. */
export function closeTrust(): void {
  const state: unknown = window.history.state;
  if (typeof state === "object" && state !== null && "isFromPage" in state) {
    window.history.back();
    return;
  }
  window.history.replaceState(null, "", window.location.pathname + window.location.hash);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

/** Whether the address asks for the page about trust. */
export function useIsTrustOpen(): boolean {
  return useSyncExternalStore(subscribe, isOpen);
}

/** A link's press, unless it is to open elsewhere. */
export function openTrustHere(event: MouseEvent): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  openTrust();
}

function isOpen(): boolean {
  return window.location.search === TRUST_ADDRESS;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  return () => window.removeEventListener("popstate", listener);
}
