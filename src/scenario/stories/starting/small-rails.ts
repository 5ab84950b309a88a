import { around, type Variant } from "../story";
import { exponential, rate, startingPoint, visitors } from "./starting-point";

const dynos = (count: number): Variant => ({
  id: `${count}-dynos`,
  label: `${count} dynos`,
  x: count,
  changes: [{ path: "fleets.web.dynos", value: count }],
});

const atRate = (perSecond: number): Variant => ({
  id: `${perSecond}-a-second`,
  label: `${perSecond} requests a second`,
  x: perSecond,
  changes: [rate(perSecond)],
});

/** How full a fleet may be: waiting begins long before all threads are busy. */
export const SMALL_RAILS = startingPoint(
  {
    id: "small-rails",
    title: "A small Rails app on Heroku",
    lesson: "Waiting begins long before all threads are busy, so a fleet needs room above its busiest hour.",
  },
  {
    run: { durationS: 220, warmupS: 20, seed: 1, replications: 8 },
    slo: { p95Ms: 650, failureRate: 0.001 },
    workloads: [visitors(10)],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: exponential(120) },
          { kind: "wait", ms: exponential(80) },
        ],
      },
    ],
    fleets: [
      { name: "web", dynos: 2, dynoType: "standard-2x", threads: 3, pool: { size: 3 }, balancer: "random" },
    ],
    database: { plan: "essential-0" },
  },
  [
    {
      id: "1",
      title: "Two dynos on a quiet day",
      text: "Two dynos run one process of **three threads** each, as a new Rails application does, so six requests can be under way at once. A page takes 200 ms. Ten requests a second keep 10 × 0.2 = **two of the six threads** busy, and hardly anybody waits.",
      note: "Requests a second times seconds a request is the number of busy threads. It is the only formula this story needs.",
      changes: [],
      charts: ["latency", "queue"],
      claims: [
        {
          id: "busy",
          status: "derived",
          text: "10 a second × 0.2 s = 2 of 6 threads busy.",
          measured: { metric: "threadsBusy" },
          atLeast: 0.315,
          atMost: 0.35,
        },
        {
          id: "wait",
          status: "derived",
          text: "Erlang's formula for waiting lines: three threads a third full make a mean wait of at most 9 ms.",
          measured: { metric: "queueMean" },
          atMost: 9.1,
        },
      ],
    },
    {
      id: "2",
      title: "The busy hour",
      text: "At 24 requests a second 4.8 of the six threads are busy. **A fifth of the fleet is still free, and yet requests wait**: they come irregularly, Heroku's router picks a dyno at random, and a dyno whose three threads are taken makes a request wait while another may be idle.",
      note: "Read the curve from left to right: nothing happens for a long while, and then a little more traffic costs a lot. 80 % busy is not 20 % away from trouble.",
      changes: [rate(24)],
      variants: [5, 10, 15, 20, 24, 27].map(atRate),
      chart: {
        title: "Mean queue time against traffic, two dynos",
        metric: "queueMean",
        axis: "requests a second",
      },
      charts: ["latency", "queue", "dynos-heat"],
      claims: [
        {
          id: "busy",
          status: "derived",
          text: "24 a second × 0.2 s = 4.8 of 6 threads busy.",
          measured: { metric: "threadsBusy" },
          atLeast: 0.77,
          atMost: 0.83,
        },
        {
          id: "wait",
          status: "derived",
          text: "Erlang's formula says 216 ms if durations were exponential. Each page is a sum of two, which varies less, so the wait lies between half of it and all of it.",
          measured: { metric: "queueMean" },
          atLeast: 108,
          atMost: 216,
        },
        {
          id: "grows",
          status: "derived",
          text: "2.4 times the traffic, and by the same formula more than ten times the wait.",
          measured: { metric: "queueMean", of: "24-a-second" },
          per: { metric: "queueMean", of: "10-a-second" },
          atLeast: 10,
        },
      ],
    },
    {
      id: "3",
      title: "A third dyno",
      text: "With a third dyno the same traffic keeps 4.8 of **nine** threads busy, and most of the wait goes away. A fourth and a fifth change little: there is not much wait left to take away.",
      note: "The third dyno costs 50 dollars a month. Ask what the wait costs, and buy for the busy hour, not for the average.",
      changes: [{ path: "fleets.web.dynos", value: 3 }],
      variants: [2, 3, 4, 5].map(dynos),
      chart: { title: "Mean queue time against dynos, busy hour", metric: "queueMean", axis: "dynos" },
      charts: ["latency", "queue"],
      assumptions: [
        {
          what: "Traffic of the busy hour",
          value: "24 requests a second",
          why: "Enough to fill four fifths of two dynos.",
          neighbours: around("workloads.visitors.requestsPerSecond", 24),
        },
      ],
      claims: [
        {
          id: "busy",
          status: "derived",
          text: "24 a second × 0.2 s = 4.8 of 9 threads busy.",
          measured: { metric: "threadsBusy" },
          atLeast: 0.51,
          atMost: 0.56,
          isSensitive: false,
        },
        {
          id: "wait",
          status: "derived",
          text: "By Erlang's formula the wait falls from 216 to 39 ms; so it is at least halved.",
          measured: { metric: "queueMean", of: "3-dynos" },
          per: { metric: "queueMean", of: "2-dynos" },
          atMost: 0.5,
        },
        {
          id: "price",
          status: "derived",
          text: "3 × $50 for dynos and $5 for the database: $155 a month.",
          measured: { metric: "monthlyUsd" },
          atLeast: 155,
          atMost: 155,
        },
      ],
    },
  ],
);
