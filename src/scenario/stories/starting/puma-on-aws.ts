import type { Variant } from "../story";
import { aroundMean, exponential, rate, startingPoint, visitors } from "./starting-point";

/** One process with so many threads. */
const threads = (count: number): Variant => ({
  id: `${count}-threads`,
  label: `${count} threads`,
  x: count,
  changes: [
    { path: "fleets.web.threads", value: count },
    { path: "fleets.web.pool.size", value: count },
  ],
});

/** So many processes of five threads, with more traffic than any number of them can serve. */
const processes = (count: number): Variant => ({
  id: `${count}-processes`,
  label: `${count} processes`,
  x: count,
  changes: [
    rate(300),
    { path: "fleets.web.processes", value: count },
    // So many requests need no more runs.
    { path: "run.durationS", value: 25 },
    { path: "run.replications", value: 4 },
  ],
});

/** Processes times threads: what threads are good for, and what only processes do. */
export const PUMA_ON_AWS = startingPoint(
  {
    id: "puma-on-aws",
    title: "Puma clusters on AWS",
    lesson:
      "A Ruby process computes on one processor however many threads it has: processes use the processors, threads fill the waits.",
  },
  {
    run: { durationS: 40, warmupS: 10, seed: 1, replications: 8 },
    slo: { p95Ms: 500, failureRate: 0.001 },
    workloads: [visitors(20)],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "cpu", ms: exponential(40) },
          { kind: "query", ms: exponential(60), cpuMs: 3 },
        ],
      },
    ],
    edge: { timeoutMs: 60_000 },
    fleets: [
      {
        name: "web",
        dynos: 2,
        dynoType: "c5.xlarge",
        threads: 20,
        pool: { size: 20 },
        balancer: "round-robin",
      },
    ],
    database: { plan: "db.m5.large" },
  },
  [
    {
      id: "1",
      title: "Two servers, one process of twenty threads each",
      text: "Two servers with **four processors** each run one Puma process of twenty threads. A page computes for 40 ms and waits 60 ms for the database. At 20 requests a second all is well: answers are quick, and nine tenths of the processors have nothing to do.",
      note: "Twenty threads sound like twenty things at once. Keep the 10 % in mind: it is what misleads everybody in the next step.",
      changes: [],
      charts: ["latency", "stages"],
      claims: [
        {
          id: "processors",
          status: "derived",
          text: "20 a second × 40 ms on eight processors: 10 % busy.",
          measured: { metric: "cpu" },
          atLeast: 0.09,
          atMost: 0.11,
        },
        {
          id: "latency",
          status: "derived",
          text: "At least the 100 ms of work. Shared by threads, a lock that is 40 % busy makes 40 ms at most 40 ÷ 0.6 = 67 ms: 127 ms, and 5 ms for a connection now and then.",
          measured: { metric: "latencyMean" },
          atLeast: 97,
          atMost: 132,
        },
      ],
    },
    {
      id: "2",
      title: "More traffic, and threads do not help",
      text: "At 60 requests a second the pages want 60 × 40 ms = 2.4 processors. There are eight, but **of a process's threads only one computes at a time**: two processes use two processors. Lines grow without end while three quarters of the machines stand idle, and more threads change nothing.",
      note: "This is the moment when somebody says that the processors are at 25 %, so it must be the database. The breakdown shows requests waiting for the lock of their own process.",
      changes: [rate(60)],
      variants: [5, 10, 20, 40].map(threads),
      chart: { title: "Throughput against threads, one process", metric: "throughput", axis: "threads" },
      charts: ["throughput", "stages"],
      claims: [
        {
          id: "ceiling",
          status: "derived",
          text: "Two processes ÷ 40 ms: 50 requests a second, and no more.",
          measured: { metric: "throughput" },
          atLeast: 47.5,
          atMost: 52.5,
        },
        {
          id: "processors",
          status: "derived",
          text: "Two of eight processors: 25 % busy.",
          measured: { metric: "cpu" },
          atLeast: 0.24,
          atMost: 0.25,
        },
        {
          id: "threads",
          status: "derived",
          text: "40 threads serve no more than 20.",
          measured: { metric: "throughput", of: "40-threads" },
          per: { metric: "throughput", of: "20-threads" },
          atLeast: 0.97,
          atMost: 1.03,
        },
      ],
    },
    {
      id: "3",
      title: "Four processes of five threads",
      text: "The same twenty threads in **four processes**, one for each processor: each server computes four pages at once, and two of them could serve 200 requests a second. The servers cost what they cost before. Processes beyond the number of processors bring nothing but memory.",
      note: "The chart sends more traffic than any setting can serve: throughput grows with the processes up to the four processors, and stays there.",
      changes: [
        { path: "fleets.web.processes", value: 4 },
        { path: "fleets.web.threads", value: 5 },
        { path: "fleets.web.pool.size", value: 5 },
      ],
      variants: [1, 2, 3, 4, 6, 8].map(processes),
      chart: {
        title: "Most requests a second against processes a server",
        metric: "throughput",
        axis: "processes",
      },
      charts: ["latency", "stages"],
      assumptions: [
        {
          what: "How long a page computes",
          value: "40 ms",
          why: "Two fifths of a page's time; Puma's own guide takes more for what is usual.",
          neighbours: aroundMean("endpoints.page.steps.0.ms", 40),
        },
      ],
      claims: [
        {
          id: "served",
          status: "derived",
          text: "60 a second are below 8 processors ÷ 40 ms = 200: all are answered.",
          measured: { metric: "throughput" },
          atLeast: 57,
          atMost: 63,
        },
        {
          id: "quick",
          status: "derived",
          text: "p95 is at least halved, against one process in step 2.",
          measured: { metric: "latencyP95" },
          per: { metric: "latencyP95", step: "2" },
          atMost: 0.5,
        },
        {
          id: "four",
          status: "derived",
          text: "Four processes on four processors serve four times what one does, give or take a half.",
          measured: { metric: "throughput", of: "4-processes" },
          per: { metric: "throughput", of: "1-processes" },
          atLeast: 3.5,
          atMost: 4.5,
        },
        {
          id: "eight",
          status: "derived",
          text: "Eight serve what four do, give or take a twentieth.",
          measured: { metric: "throughput", of: "8-processes" },
          per: { metric: "throughput", of: "4-processes" },
          atLeast: 0.95,
          atMost: 1.05,
        },
      ],
    },
  ],
);
