import { ArrayLines, PlannedList } from "./slow-twins";

/*
 * A whole small system once more, written as what happens to one request after the other: tasks that wait for each other, an array for each line.
 * One workload of recorded requests, one fleet of one process per dyno, and a database without processors.
 */

/** What the system is made of, and who asks it; Infinity where there is no limit. */
export interface SlowSystem {
  readonly giveUpAfterMs: number;
  readonly retries: { readonly attempts: number; readonly backoffMs: number; readonly backoffFactor: number };
  /** Processor steps run one after the other, each whole (an event loop). */
  readonly steps: readonly ("wait" | "query" | "cpu")[];
  readonly edge: {
    readonly maxConnections: number;
    readonly timeoutMs: number;
    readonly queueTimeoutMs: number;
  };
  readonly balancer: "round-robin" | "least-outstanding";
  readonly dynos: number;
  readonly maxOutstandingPerDyno: number;
  readonly threads: number;
  readonly backlog: number;
  readonly pool: {
    readonly size: number;
    readonly connectMs: number;
    readonly checkoutTimeoutMs: number;
    readonly holdsForRequest: boolean;
  };
  /** Transaction mode, costing no time; null: none. */
  readonly pooler: {
    readonly connections: number;
    readonly waitTimeoutMs: number;
    readonly maxClients: number;
  } | null;
  readonly connectionLimit: number;
}

export interface SlowRequest {
  readonly atMs: number;
  readonly stepsMs: readonly number[];
}

export interface SlowAnswer {
  readonly number: number;
  readonly attempt: number;
  /** "ok", or the kind of failure. */
  readonly outcome: string;
  readonly atMs: number;
}

/** Something that takes time, and then goes on with a word of how it ended. */
type Pause = (goOn: (how: string) => void) => void;
type Task = Generator<Pause, string, string>;

/** What comes of each request, and of each time it is sent again. */
export function runSlowly(system: SlowSystem, requests: readonly SlowRequest[]): SlowAnswer[] {
  const planned = new PlannedList<() => void>();
  const answers: SlowAnswer[] = [];
  const { edge, pool, pooler, retries } = system;
  const dynos = Array.from({ length: system.dynos }, (_, number) => ({
    number,
    outstanding: 0,
    free: system.threads,
    slots: 0,
    idle: 0,
    line: new Line(planned),
    poolLine: new Line(planned),
    isComputing: false,
    computeLine: new Line(planned),
  }));
  type Dyno = (typeof dynos)[number];
  const balancerLine = new Line(planned);
  const poolerLine = new Line(planned);
  let freeServers = pooler?.connections ?? 0;
  let underWay = 0;
  let connections = 0;
  let turn = 0;

  const sleep =
    (ms: number): Pause =>
    (goOn) =>
      planned.plan(planned.nowMs + ms, () => goOn("slept"));

  function eligible(): Dyno[] {
    return dynos.filter(({ outstanding }) => outstanding < system.maxOutstandingPerDyno);
  }

  function choose(): Dyno {
    const rank = ({ outstanding }: Dyno): number => (system.balancer === "round-robin" ? 0 : outstanding);
    const inTurn = ({ number }: Dyno): number => (number - turn + dynos.length) % dynos.length;
    const [best] = eligible().sort((a, b) => rank(a) - rank(b) || inTurn(a) - inTurn(b));
    if (best === undefined) throw new Error("no dyno");
    turn = (best.number + 1) % dynos.length;
    return best;
  }

  function drain(): void {
    while (balancerLine.length > 0 && eligible().length > 0) balancerLine.wake("go");
  }

  function* connect(dyno: Dyno): Task {
    yield sleep(pool.connectMs);
    if (connections < (pooler?.maxClients ?? system.connectionLimit)) {
      connections += 1;
      return "ok";
    }
    freeSlot(dyno);
    return pooler === null ? "connection-refused" : "pooler-full";
  }

  function freeSlot(dyno: Dyno): void {
    dyno.slots -= 1;
    if (dyno.poolLine.length === 0) return;
    dyno.slots += 1;
    dyno.poolLine.wake("slot");
  }

  function* checkOut(dyno: Dyno): Task {
    if (dyno.idle > 0) {
      dyno.idle -= 1;
      return "ok";
    }
    if (dyno.slots < pool.size) {
      dyno.slots += 1;
      return yield* connect(dyno);
    }
    const how = yield dyno.poolLine.stand(pool.checkoutTimeoutMs);
    if (how === "slot") return yield* connect(dyno);
    return how === "late" ? "checkout-timeout" : "ok";
  }

  function giveBack(dyno: Dyno): void {
    if (dyno.poolLine.length > 0) dyno.poolLine.wake("connection");
    else dyno.idle += 1;
  }

  function* query(dyno: Dyno, ms: number): Task {
    if (pooler !== null) {
      if (freeServers > 0) freeServers -= 1;
      else if ((yield poolerLine.stand(pooler.waitTimeoutMs)) === "late") {
        connections -= 1;
        freeSlot(dyno);
        return "pooler-timeout";
      }
    }
    yield sleep(ms);
    if (pooler !== null) {
      if (poolerLine.length > 0) poolerLine.wake("server");
      else freeServers += 1;
    }
    return "ok";
  }

  function* compute(dyno: Dyno, ms: number): Task {
    if (dyno.isComputing) yield dyno.computeLine.stand(Infinity);
    dyno.isComputing = true;
    yield sleep(ms);
    if (dyno.computeLine.length > 0) dyno.computeLine.wake("turn");
    else dyno.isComputing = false;
    return "ok";
  }

  function* work(dyno: Dyno, stepsMs: readonly number[]): Task {
    let holds = false;
    for (const [i, kind] of system.steps.entries()) {
      const ms = stepsMs[i] ?? 0;
      if (kind === "wait") {
        yield sleep(ms);
        continue;
      }
      if (kind === "cpu") {
        yield* compute(dyno, ms);
        continue;
      }
      const checkedOut = holds ? "ok" : yield* checkOut(dyno);
      if (checkedOut !== "ok") return checkedOut;
      holds = true;
      const queried = yield* query(dyno, ms);
      if (queried !== "ok") return queried;
      if (pool.holdsForRequest) continue;
      holds = false;
      giveBack(dyno);
    }
    if (holds) giveBack(dyno);
    return "ok";
  }

  function* serve({ stepsMs }: SlowRequest, answer: (outcome: string) => void): Task {
    if (underWay >= edge.maxConnections) {
      answer("edge-full");
      return "refused";
    }
    underWay += 1;
    if (balancerLine.length > 0 || eligible().length === 0) {
      if ((yield balancerLine.stand(edge.queueTimeoutMs)) === "late") {
        underWay -= 1;
        answer("queue-timeout");
        return "refused";
      }
    }
    const dyno = choose();
    dyno.outstanding += 1;
    let isAnswered = false;
    const finish = (outcome: string): void => {
      if (isAnswered) return;
      isAnswered = true;
      underWay -= 1;
      dyno.outstanding -= 1;
      answer(outcome);
      drain();
    };
    if (edge.timeoutMs < Infinity) planned.plan(planned.nowMs + edge.timeoutMs, () => finish("timeout"));
    if (dyno.free > 0) {
      dyno.free -= 1;
    } else if (dyno.line.length >= system.backlog) {
      finish("backlog-full");
      return "refused";
    } else {
      yield dyno.line.stand(Infinity);
    }
    const outcome = yield* work(dyno, stepsMs);
    if (dyno.line.length > 0) dyno.line.wake("thread");
    else dyno.free += 1;
    finish(outcome);
    return "served";
  }

  /** The client's side: it goes away when it has waited too long, and sends again what failed otherwise. */
  function send(number: number, attempt: number): void {
    const sentAtMs = planned.nowMs;
    let hasEnded = false;
    const end = (outcome: string): void => {
      if (hasEnded) return;
      hasEnded = true;
      answers.push({ number, attempt, outcome, atMs: planned.nowMs });
      if (outcome === "ok" || outcome === "gave-up" || attempt >= retries.attempts) return;
      const pauseMs = retries.backoffMs * retries.backoffFactor ** attempt;
      planned.plan(Math.max(planned.nowMs + pauseMs, sentAtMs + 1), () => send(number, attempt + 1));
    };
    if (system.giveUpAfterMs < Infinity) planned.plan(sentAtMs + system.giveUpAfterMs, () => end("gave-up"));
    const request = requests[number];
    if (request !== undefined) follow(serve(request, end));
  }

  for (const [number, { atMs }] of requests.entries()) planned.plan(atMs, () => send(number, 0));
  for (let next = planned.take(); next !== null; next = planned.take()) next.what();
  return answers;
}

/** Lets a task go on whenever what it waits for has come. */
function follow(task: Task): void {
  const goOn = (how: string): void => {
    const next = task.next(how);
    if (!next.done) next.value(goOn);
  };
  goOn("begun");
}

/** First come, first served, for so long at most. */
class Line {
  private readonly lines = new ArrayLines(1);
  private readonly goOn = new Map<number, (how: string) => void>();
  private nextNumber = 0;

  constructor(private readonly planned: PlannedList<() => void>) {}

  get length(): number {
    return this.lines.line(0).length;
  }

  stand(limitMs: number): Pause {
    return (goOn) => {
      const number = this.nextNumber;
      this.nextNumber += 1;
      this.lines.line(0).push(number);
      this.goOn.set(number, goOn);
      if (limitMs === Infinity) return;
      this.planned.plan(this.planned.nowMs + limitMs, () => {
        if (!this.lines.line(0).includes(number)) return;
        this.lines.leave(0, number);
        goOn("late");
      });
    };
  }

  wake(how: string): void {
    const first = this.lines.line(0).shift();
    if (first !== undefined) this.goOn.get(first)?.(how);
  }
}
