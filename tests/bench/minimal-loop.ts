/**
 * The same work as the engine's "closed loop" benchmark with nothing around it: one function, a binary heap, `Math.log`, a sequential generator,
 * uniform routing to dynos, a line per dyno, one line for the connections, and a mean. What the engine's generality and recording cost is
 * the ratio between the two.
 */
export interface MinimalLoopResult {
  readonly requests: number;
  readonly meanMs: number;
}

export function minimalLoop(
  clients: number,
  dynos: number,
  threads: number,
  connections: number,
  durationMs: number,
): MinimalLoopResult {
  const heapTime = new Float64Array(clients + 1);
  const heapEntry = new Int32Array(clients + 1);
  let heapSize = 0;
  const sentAt = new Float64Array(clients);
  const dynoOf = new Int32Array(clients);
  const querying = new Uint8Array(clients);
  const busy = new Int32Array(dynos);
  const lineFirst = new Int32Array(dynos + 1).fill(-1);
  const lineLast = new Int32Array(dynos + 1).fill(-1);
  const next = new Int32Array(clients);
  const connectionLine = dynos;
  let connectionsBusy = 0;
  let state = 0x12345678;
  let now = 0;
  let completed = 0;
  let latencySum = 0;

  const random = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) * 2.3283064365386963e-10;
  };
  const schedule = (entry: number, mean: number): void => {
    const due = now - mean * Math.log(random());
    let at = heapSize++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((heapTime[parent] ?? 0) <= due) break;
      heapTime[at] = heapTime[parent] ?? 0;
      heapEntry[at] = heapEntry[parent] ?? 0;
      at = parent;
    }
    heapTime[at] = due;
    heapEntry[at] = entry;
  };
  const takeNext = (): number => {
    const top = heapEntry[0] ?? 0;
    now = heapTime[0] ?? 0;
    heapSize -= 1;
    const due = heapTime[heapSize] ?? 0;
    const entry = heapEntry[heapSize] ?? 0;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heapSize) break;
      if (child + 1 < heapSize && (heapTime[child + 1] ?? 0) < (heapTime[child] ?? 0)) child += 1;
      if ((heapTime[child] ?? 0) >= due) break;
      heapTime[at] = heapTime[child] ?? 0;
      heapEntry[at] = heapEntry[child] ?? 0;
      at = child;
    }
    heapTime[at] = due;
    heapEntry[at] = entry;
    return top;
  };
  const join = (line: number, entry: number): void => {
    next[entry] = -1;
    const last = lineLast[line] ?? -1;
    if (last < 0) lineFirst[line] = entry;
    else next[last] = entry;
    lineLast[line] = entry;
  };
  const leave = (line: number): number => {
    const first = lineFirst[line] ?? -1;
    if (first >= 0) {
      lineFirst[line] = next[first] ?? -1;
      if ((lineFirst[line] ?? -1) < 0) lineLast[line] = -1;
    }
    return first;
  };
  const query = (entry: number): void => {
    querying[entry] = 1;
    if (connectionsBusy < connections) {
      connectionsBusy += 1;
      schedule(entry, 500);
    } else join(connectionLine, entry);
  };
  const send = (entry: number): void => {
    sentAt[entry] = now;
    const dyno = Math.floor(random() * dynos);
    dynoOf[entry] = dyno;
    if ((busy[dyno] ?? 0) < threads) {
      busy[dyno] = (busy[dyno] ?? 0) + 1;
      query(entry);
    } else join(dyno, entry);
  };

  for (let client = 0; client < clients; client += 1) send(client);
  while (now < durationMs) {
    const entry = takeNext();
    if (querying[entry] === 1) {
      querying[entry] = 0;
      const waiting = leave(connectionLine);
      if (waiting >= 0) schedule(waiting, 500);
      else connectionsBusy -= 1;
      schedule(entry, 500);
    } else {
      completed += 1;
      latencySum += now - (sentAt[entry] ?? 0);
      const dyno = dynoOf[entry] ?? 0;
      const waiting = leave(dyno);
      if (waiting >= 0) query(waiting);
      else busy[dyno] = (busy[dyno] ?? 0) - 1;
      send(entry);
    }
  }
  return { requests: completed, meanMs: latencySum / completed };
}
