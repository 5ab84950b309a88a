import { assert } from "../../base/assert";
import { type CatalogueDatabasePlan, mebibytes, type Source } from "./entry";

const HARDWARE =
  "Heroku Dev Center, Heroku Postgres Production Tier Technical Characterization (September 6, 2024)";
const PRICE_LIST = "a public price list of June 15, 2026";

const STANDARD: Source = {
  source: `Processors, memory and connections: ${HARDWARE}; price: ${PRICE_LIST}`,
  asOf: "2026-06-15",
  confidence: "documented",
};

/** Plan number, vCPUs, memory in GiB, connection limit, US dollars a month, whether that price is a guess. */
const STANDARD_PLANS: readonly (readonly [number, number, number, number, number, boolean])[] = [
  [0, 2, 4, 120, 50, false],
  [2, 2, 8, 400, 200, false],
  [3, 2, 15.25, 500, 400, false],
  [4, 4, 30.5, 500, 750, false],
  [5, 8, 61, 500, 1400, true],
  [6, 16, 122, 500, 2000, true],
  [7, 32, 244, 500, 3500, false],
  [8, 64, 488, 500, 4500, true],
  [9, 96, 768, 500, 9000, true],
  [10, 128, 1024, 500, 12000, false],
];

/** Premium plans: number and US dollars a month; the hardware is that of the Standard plan of the same number. */
const PREMIUM_PRICES: readonly (readonly [number, number])[] = [
  [0, 200],
  [2, 350],
  [3, 750],
  [4, 1200],
  [5, 2500],
  [6, 3500],
  [7, 6000],
  [10, 24000],
];

/** Essential plans: number, connection limit, US dollars a month. */
const ESSENTIAL_PLANS: readonly (readonly [number, number, number])[] = [
  [0, 20, 5],
  [1, 20, 9],
  [2, 40, 20],
];

const STANDARD_0_NOTE =
  "Advertised with 120 connections until 2024; a trial published in February 2021 saw refusals only above 240. Lists of 2026 show 200 and 400, so the limit has been raised since. The processor is burstable.";

function standardPlan(row: (typeof STANDARD_PLANS)[number]): CatalogueDatabasePlan {
  const [number, vcpus, gibibytes, connectionLimit, monthlyUsd, priceGuessed] = row;
  const plan: CatalogueDatabasePlan = {
    id: `standard-${number}`,
    title: `Heroku Postgres Standard-${number}`,
    family: "Heroku Postgres",
    vcpus,
    memoryMb: mebibytes(gibibytes),
    monthlyUsd,
    connectionLimit,
    ...STANDARD,
  };
  if (number === 0) return { ...plan, enforcedConnectionLimit: 240, note: STANDARD_0_NOTE };
  if (number === 10) return { ...plan, note: "The connection limit is assumed; the price is of July 2026." };
  return priceGuessed ? { ...plan, note: "The price is assumed: no published list was found." } : plan;
}

function premiumPlan([number, monthlyUsd]: (typeof PREMIUM_PRICES)[number]): CatalogueDatabasePlan {
  const standard = STANDARD_PLANS.find((row) => row[0] === number);
  assert(standard !== undefined, `premium-${number} has no standard plan of the same number`);
  const [, vcpus, gibibytes, connectionLimit] = standard;
  return {
    id: `premium-${number}`,
    title: `Heroku Postgres Premium-${number}`,
    family: "Heroku Postgres",
    vcpus,
    memoryMb: mebibytes(gibibytes),
    monthlyUsd,
    connectionLimit,
    source: `Hardware of the Standard plan of the same number: ${HARDWARE}; price: ${PRICE_LIST}`,
    asOf: "2026-06-15",
    confidence: "reported",
    note: "Public price lists of the Premium plans disagree with each other; enter your own where it matters.",
  };
}

function essentialPlan(row: (typeof ESSENTIAL_PLANS)[number]): CatalogueDatabasePlan {
  const [number, connectionLimit, monthlyUsd] = row;
  return {
    id: `essential-${number}`,
    title: `Heroku Postgres Essential-${number}`,
    family: "Heroku Postgres",
    vcpus: 1,
    memoryMb: 1024,
    monthlyUsd,
    connectionLimit,
    source: `Price: a review of Heroku's price page of July 17, 2026; connections: ${PRICE_LIST}`,
    asOf: "2026-07-17",
    confidence: "reported",
    note: "Processor and memory are shared, and assumed here. No followers and no server-side pooler on this tier.",
  };
}

/** Heroku Postgres: the Standard, Premium and Essential tiers. */
export const HEROKU_POSTGRES: readonly CatalogueDatabasePlan[] = [
  ...STANDARD_PLANS.map(standardPlan),
  ...PREMIUM_PRICES.map(premiumPlan),
  ...ESSENTIAL_PLANS.map(essentialPlan),
];
