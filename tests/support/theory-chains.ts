/** A Markov chain's state: small whole numbers. */
export type State = readonly number[];

/** Where a chain can go from a state, and at what rate. A rate of 0 is no move. */
export type Moves = readonly (readonly [State, number])[];

/** A chain's states, and for each of them the moves into it: entries `first[at]` to `first[at + 1]` of `from` and `rate`. */
interface Balance {
  readonly states: readonly State[];
  readonly leaving: Float64Array;
  readonly first: Int32Array;
  readonly from: Int32Array;
  readonly rate: Float64Array;
}

/**
 * Long-run probabilities of a finite Markov chain that can reach every state from every other, by Gauss and Seidel's iteration of the balance equations,
 * forwards and backwards in turn, until nothing changes by 1e-14.
 * @param start any state; all others are found from it
 * @returns the states with their probabilities
 */
export function stationary(
  start: State,
  moves: (state: State) => Moves,
): { readonly state: State; readonly probability: number }[] {
  const { states, leaving, first, from, rate } = explore(start, moves);
  const weights = new Float64Array(states.length).fill(1 / states.length);
  for (let sweep = 0; sweep < 100_000; sweep += 1) {
    let change = 0;
    for (let k = 0; k < weights.length; k += 1) {
      const at = sweep % 2 === 0 ? k : weights.length - 1 - k;
      let entering = 0;
      const end = first[at + 1] ?? 0;
      for (let i = first[at] ?? 0; i < end; i += 1) entering += (weights[from[i] ?? 0] ?? 0) * (rate[i] ?? 0);
      const weight = entering / (leaving[at] ?? 1);
      change = Math.max(change, Math.abs(weight - (weights[at] ?? 0)));
      weights[at] = weight;
    }
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (let at = 0; at < weights.length; at += 1) weights[at] = (weights[at] ?? 0) / total;
    if (change < 1e-14) break;
  }
  return states.map((state, at) => ({ state, probability: weights[at] ?? 0 }));
}

function explore(start: State, moves: (state: State) => Moves): Balance {
  const numbers = new Map<string, number>([[start.join(), 0]]);
  const states: State[] = [start];
  const found: { from: number; to: number; rate: number }[] = [];
  for (let from = 0; from < states.length; from += 1) {
    for (const [state, rate] of moves(states[from] ?? start)) {
      if (rate === 0) continue;
      const key = state.join();
      const to = numbers.get(key) ?? states.length;
      if (to === states.length) {
        numbers.set(key, to);
        states.push(state);
      }
      found.push({ from, to, rate });
    }
  }
  found.sort((a, b) => a.to - b.to);
  const leaving = new Float64Array(states.length);
  const first = new Int32Array(states.length + 1);
  for (const { from, to, rate } of found) {
    leaving[from] = (leaving[from] ?? 0) + rate;
    first[to + 1] = (first[to + 1] ?? 0) + 1;
  }
  for (let at = 0; at < states.length; at += 1) first[at + 1] = (first[at + 1] ?? 0) + (first[at] ?? 0);
  return {
    states,
    leaving,
    first,
    from: Int32Array.from(found, (move) => move.from),
    rate: Float64Array.from(found, (move) => move.rate),
  };
}

/** Mean of something over a chain's long run. */
export function longRunMean(chain: ReturnType<typeof stationary>, of: (state: State) => number): number {
  return chain.reduce((sum, { state, probability }) => sum + probability * of(state), 0);
}

/** Mean times per request, and how many requests get in: see each model. */
export interface ChainFigures {
  /** In line for a place in service. */
  readonly meanWait: number;
  readonly meanResponse: number;
}

/** Lines are cut off here: with the utilizations that tests use, longer ones have no probability to speak of. */
const LONGEST_LINE = 300;

/**
 * Limited processor sharing: Poisson arrivals, one processor shared equally by at most `places` requests, the others in line, first come first
 * served; service times hyperexponential with balanced means (with cv 1 it is M/M/1). State: requests of the first phase in service, of the second, in line.
 * (The model is that of F. Zhang and L. Lipsky 2006, and J. Zhang and B. Zwart 2008.)
 * @param cv of the service time, above 1
 */
export function limitedSharing(
  arrivalRate: number,
  serviceMean: number,
  cv: number,
  places: number,
): ChainFigures {
  const firstShare = 0.5 * (1 + Math.sqrt((cv * cv - 1) / (cv * cv + 1)));
  const rates = [(2 * firstShare) / serviceMean, (2 * (1 - firstShare)) / serviceMean] as const;
  const chain = stationary([0, 0, 0], ([first = 0, second = 0, line = 0]) => {
    const serving = first + second;
    const moves: [State, number][] = [];
    if (serving < places) {
      moves.push([[first + 1, second, 0], arrivalRate * firstShare]);
      moves.push([[first, second + 1, 0], arrivalRate * (1 - firstShare)]);
    } else if (line < LONGEST_LINE) moves.push([[first, second, line + 1], arrivalRate]);
    const leave = (a: number, b: number, rate: number): void => {
      if (rate === 0) return;
      if (line === 0) moves.push([[a, b, 0], rate]);
      else {
        moves.push([[a + 1, b, line - 1], rate * firstShare]);
        moves.push([[a, b + 1, line - 1], rate * (1 - firstShare)]);
      }
    };
    if (serving > 0) {
      leave(first - 1, second, (first / serving) * rates[0]);
      leave(first, second - 1, (second / serving) * rates[1]);
    }
    return moves;
  });
  return {
    meanWait: longRunMean(chain, ([, , line = 0]) => line) / arrivalRate,
    meanResponse: longRunMean(chain, ([a = 0, b = 0, line = 0]) => a + b + line) / arrivalRate,
  };
}

/** Of a thread that is held while it waits for a connection. */
export interface LayeredFigures extends ChainFigures {
  /** For a connection, while the thread is held. */
  readonly meanCheckout: number;
}

/**
 * Simultaneous possession of resources: Poisson arrivals wait for one of `threads`; with it they first work for an exponential time, then wait for one of
 * `connections` and use it for an exponential time, and only then give both back. State: requests in the system, and of those with a thread, the ones
 * that want or have a connection. No product form (S. Lavenberg ed., Computer Performance Modeling Handbook, 1983, ch. 4.6): solved numerically.
 */
export function layered(
  arrivalRate: number,
  workMean: number,
  queryMean: number,
  threads: number,
  connections: number,
): LayeredFigures {
  const chain = stationary([0, 0], ([all = 0, querying = 0]) => {
    const working = Math.min(all, threads) - querying;
    return [
      [[all + 1, querying], all < LONGEST_LINE ? arrivalRate : 0],
      [[all, querying + 1], working / workMean],
      [[all - 1, querying - 1], Math.min(querying, connections) / queryMean],
    ];
  });
  const mean = (of: (state: State) => number): number => longRunMean(chain, of) / arrivalRate;
  return {
    meanWait: mean(([all = 0]) => Math.max(0, all - threads)),
    meanCheckout: mean(([, querying = 0]) => Math.max(0, querying - connections)),
    meanResponse: mean(([all = 0]) => all),
  };
}

/**
 * The same with clients instead of arrivals: each thinks for an exponential time and then sends. State as in `layered`.
 * @returns with the throughput
 */
export function layeredClosed(
  clients: number,
  thinkMean: number,
  workMean: number,
  queryMean: number,
  threads: number,
  connections: number,
): LayeredFigures & { readonly throughput: number } {
  const chain = stationary([0, 0], ([all = 0, querying = 0]) => [
    [[all + 1, querying], (clients - all) / thinkMean],
    [[all, querying + 1], (Math.min(all, threads) - querying) / workMean],
    [[all - 1, querying - 1], Math.min(querying, connections) / queryMean],
  ]);
  const throughput = longRunMean(chain, ([all = 0]) => (clients - all) / thinkMean);
  const mean = (of: (state: State) => number): number => longRunMean(chain, of) / throughput;
  return {
    throughput,
    meanWait: mean(([all = 0]) => Math.max(0, all - threads)),
    meanCheckout: mean(([, querying = 0]) => Math.max(0, querying - connections)),
    meanResponse: mean(([all = 0]) => all),
  };
}

/**
 * A loss system whose clients think longer, or shorter, after a refusal than after an answer: state: clients in service, and clients that think after a refusal.
 * With equal thinking times it is T. Engset's model (1918).
 * @returns share of what is sent that is refused
 */
export function refusedClients(
  clients: number,
  thinkMean: number,
  afterRefusalMean: number,
  serviceMean: number,
  servers: number,
): number {
  const sending = (all: State): number => {
    const [serving = 0, refused = 0] = all;
    return (clients - serving - refused) / thinkMean + refused / afterRefusalMean;
  };
  const chain = stationary([0, 0], ([serving = 0, refused = 0]) => {
    const fresh = (clients - serving - refused) / thinkMean;
    const full = serving === servers;
    return [
      [full ? [serving, refused + 1] : [serving + 1, refused], fresh],
      [[serving + 1, refused - 1], full ? 0 : refused / afterRefusalMean],
      [[serving - 1, refused], serving / serviceMean],
    ];
  });
  const refusals = longRunMean(chain, (state) => (state[0] === servers ? sending(state) : 0));
  return refusals / longRunMean(chain, sending);
}

/**
 * Mean response of two exponential servers where each Poisson arrival joins the shorter line, equal ones in turn or at random: state: the shorter line and the longer.
 * (J. F. C. Kingman 1961 has it as a series; there is no short formula.)
 * @param utilization of each server @param longest line that is represented
 * @returns in units of the mean service time
 */
export function meanResponseShorterOfTwo(utilization: number, longest = 100): number {
  const arrivals = 2 * utilization;
  const sorted = (a: number, b: number): State => (a <= b ? [a, b] : [b, a]);
  const chain = stationary([0, 0], ([shorter = 0, longer = 0]) => [
    [sorted(shorter + 1, longer), shorter < longest ? arrivals : 0],
    [[shorter - 1, longer], shorter > 0 ? 1 : 0],
    [sorted(shorter, longer - 1), longer > 0 ? 1 : 0],
  ]);
  return longRunMean(chain, ([shorter = 0, longer = 0]) => shorter + longer) / arrivals;
}
