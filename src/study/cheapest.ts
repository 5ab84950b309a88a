import type { Scenario } from "../scenario/types";
import type { Candidate, CheapestAnswer, RuledOut } from "./answer-types";
import { Configuration, limits } from "./configuration";
import type { CheapestQuestion } from "./question-types";
import { type Screening, screen } from "./screen";
import { SearchSpace, type Spot, worstShare } from "./search-space";
import type { Simulator } from "./simulator";
import { sureness } from "./sureness";
import { type OnMore, Work } from "./work";

/** More combinations than this are not even listed. */
const LARGEST_SPACE = 100_000;
/** What a first look finds further over a limit than this is out; what is nearer may have had bad luck. */
const CLEARLY_OVER = 1.5;
/** A candidate whose intervals reach over a limit gets so many times the replications before it is judged. */
const MORE_NEAR_LIMIT = 4;
/** What is this little beside the frontier by a first look may belong to it. */
const NEAR = 0.05;
/** The frontier is confirmed again after each change, at most so often. */
const MOST_ROUNDS = 8;

interface Tried {
  readonly spot: Spot;
  readonly configuration: Configuration;
}

/**
 * Which configuration meets the objective at the least cost: a first look at the space (`screen.ts`), then the candidates from cheap to dear, each with
 * enough replications to be judged, until one meets the objective; then the frontier of cost against p95.
 */
export async function cheapest(
  { axes, replications }: CheapestQuestion,
  base: Scenario,
  simulator: Simulator,
  onMore: OnMore,
): Promise<CheapestAnswer> {
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  const impossible = whyImpossible(base, count);
  const space = new SearchSpace(base, impossible === null ? axes : []);
  const present = new Configuration(base);
  const work = new Work(simulator, () => onMore(() => answer(false)));
  let screening: Screening | null = null;

  function answer(isComplete: boolean): CheapestAnswer {
    const { tried } = space;
    const best = bestOf(tried);
    const notLookedAt: RuledOut = {
      reason:
        "not looked at: a line was judged by a few of its places, costs twice the best, or came after as many as are looked at",
      count: count - tried.length - space.ruledOut.reduce((sum, one) => sum + one.count, 0),
    };
    const ruledOut = [...space.ruledOut, ...(isComplete && notLookedAt.count > 0 ? [notLookedAt] : [])];
    const shown = ({ spot, configuration }: Tried): Candidate => space.candidate(spot, configuration);
    return {
      kind: "cheapest",
      progress: work.progress,
      isComplete,
      present:
        present.replications === 0
          ? null
          : {
              values: [],
              measures: present.measures,
              replications: present.replications,
              meets: present.meets,
            },
      best: best === null ? null : shown(best),
      frontier: frontierOf(tried).map(shown),
      tried: tried.map(shown),
      space: impossible === null ? count : 0,
      ruledOut: impossible === null ? ruledOut : [],
      sureness:
        screening === null || !isComplete ? [] : sureness({ best, tried, count, ruledOut, screening }),
      impossible,
    };
  }

  if (impossible !== null) return answer(true);
  await work.simulateUpTo([present], replications);
  screening = await screen(space, axes, work);
  await confirmBest(space, work, replications);
  await confirmFrontier(space, work, replications);
  return answer(true);
}

function whyImpossible(base: Scenario, count: number): string | null {
  if (limits(base.slo).length === 0)
    return "There is no objective to meet: set a limit for p95, p99, queue time or failures first.";
  if (count > LARGEST_SPACE)
    return `There are ${count} combinations; at most ${LARGEST_SPACE} can be searched. Give fewer parameters or values.`;
  return null;
}

function costOf({ configuration, spot }: Tried): number {
  return configuration.measures.monthlyUsd.mean ?? spot.monthlyUsd;
}

function p95Of({ configuration }: Tried): number {
  return configuration.measures.p95.mean ?? Infinity;
}

/** From cheap to dear; of those that cost the same, the fastest first. */
function inOrder(tried: readonly Tried[]): Tried[] {
  return [...tried].sort((one, other) => costOf(one) - costOf(other) || p95Of(one) - p95Of(other));
}

function bestOf(tried: readonly Tried[]): Tried | null {
  return inOrder(tried).find(({ configuration }) => configuration.isMet) ?? null;
}

/** Of those that meet the objective, those that no other beats in cost and p95 both; from cheap to dear. */
function frontierOf(tried: readonly Tried[]): Tried[] {
  let fastest = Infinity;
  return inOrder(tried).filter((one) => {
    if (!one.configuration.isMet || p95Of(one) >= fastest) return false;
    fastest = p95Of(one);
    return true;
  });
}

/** Those on the frontier, and those that would be on it were they a little faster. */
function nearFrontier(tried: readonly Tried[]): Tried[] {
  const ordered = inOrder(tried);
  let fastest = Infinity;
  return ordered.filter((one) => {
    const isNear = worstShare(one.configuration) <= 1 + NEAR && p95Of(one) < fastest * (1 + NEAR);
    if (one.configuration.isMet) fastest = Math.min(fastest, p95Of(one));
    return isNear;
  });
}

/** Judges candidates from cheap to dear, until one meets the objective. */
async function confirmBest(space: SearchSpace, work: Work, replications: number): Promise<void> {
  for (const { configuration } of inOrder(space.tried)) {
    if (worstShare(configuration) > CLEARLY_OVER) continue;
    await work.simulateUpTo([configuration], replications);
    if (isOpen(configuration)) await work.simulateUpTo([configuration], replications * MORE_NEAR_LIMIT);
    if (configuration.isMet) return;
  }
}

/** Whether the intervals leave open if the objective is met. */
function isOpen({ meets }: Configuration): boolean {
  return meets === "likely" || meets === "unlikely";
}

/** What is on the frontier by few replications may fall off it by more, and what is beside it may come in. */
async function confirmFrontier(space: SearchSpace, work: Work, replications: number): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const thin = nearFrontier(space.tried)
      .map(({ configuration }) => configuration)
      .filter((configuration) => configuration.replications < replications);
    if (thin.length === 0) return;
    await work.simulateUpTo(thin, replications);
  }
}
