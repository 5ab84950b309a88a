import { expose } from "comlink";
import type { WorkerApi } from "../../src/workers/worker-api";

/**
 * A worker that runs in this thread behind a real message channel: messages are cloned and buffers are transferred as
 * between threads, only no second thread is there.
 */
export class FakeWorker<Record> extends EventTarget {
  isTerminated = false;
  readonly #channel = new MessageChannel();
  readonly #service: WorkerApi<Record>;

  constructor(service: WorkerApi<Record>) {
    super();
    this.#service = service;
    expose(this.#service, this.#channel.port2);
    this.#channel.port1.onmessage = (event: MessageEvent): void => {
      if (!this.isTerminated) this.dispatchEvent(new MessageEvent("message", { data: event.data }));
    };
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    if (!this.isTerminated) this.#channel.port1.postMessage(message, transfer);
  }

  terminate(): void {
    this.isTerminated = true;
    this.#channel.port1.close();
    this.#channel.port2.close();
  }

  /** As when the script throws, or the browser ends the worker. */
  crash(message = "out of memory"): void {
    this.dispatchEvent(Object.assign(new Event("error", { cancelable: true }), { message }));
  }

  garble(): void {
    this.dispatchEvent(new MessageEvent("messageerror"));
  }

  asWorker(): Worker {
    return this as unknown as Worker;
  }
}

/** A service that takes every call and never does anything: a worker caught in an endless loop. */
export function createSilentService<Record>(): WorkerApi<Record> {
  const forEver = (): never => new Promise(() => undefined) as never;
  return {
    connect: forEver,
    begin: forEver,
    simulate: forEver,
    open: forEver,
    keep: forEver,
    summarize: forEver,
    liveBegin: forEver,
    liveGo: forEver,
    livePause: forEver,
    liveStep: forEver,
    liveHold: forEver,
    studyRuns: forEver,
    studyCancel: forEver,
    liveChange: forEver,
    liveDrawn: forEver,
    cancel: forEver,
  };
}
