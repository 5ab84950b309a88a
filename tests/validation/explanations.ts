/** Why measured figures stand outside what was simulated: which mechanism of the real system or of the test bench is missing. By the trial's name, its repeats included. */
const EXPLANATIONS: readonly { readonly trials: RegExp; readonly text: string }[] = [
  {
    trials: /^B_c50_uni_rand2_/,
    text: "HAProxy's `random(2)` draws its two dynos one after the other and may draw the same one twice, one time in five here; `power-of-two` draws two different ones, as the textbook does. Two draws that may coincide wait longer, the more so the fewer dynos there are. It is left as it is, since the scenario's word for this algorithm means two distinct dynos.",
  },
  {
    trials: /^D_t16p5_query_to0p5_/,
    text: "A race of half a millisecond: requests wait at most 500 ms for a connection that its user needs for 500.2 ms, and whoever comes into the line half a millisecond too early times out. The bench's own jitter decides each time; in the simulation, whose overheads are constants, it always falls the same way. Throughput agrees, which the connections limit.",
  },
  {
    trials: /^C_scaleout_lc_/,
    text: "Of dynos with equally few requests, HAProxy takes the one that has been so for longest, the model the next in turn. Past the limit the two dynos that fail at once stand there together with each dyno that has just answered: by HAProxy's order that one waits until both have failed a request, by the model's for one of them on average, so that 20.6 and 21.0 requests per second succeed, not 21.5 (with ties broken as HAProxy does, a trial run of the engine gave 20.8). The queue time of the second repeat is chance: before the dynos come, 50 threads get 45 requests per second on average, but 52 for seven seconds in this trial; with as many arrivals in each second as were measured, the runs' mean is 61 ms and most lie between 0 and 159.",
  },
  {
    trials: /^C_scaleout_uni_rand1_/,
    text: "Chance before the dynos come: at 90 % load under random routing the lines of five measured seconds are seldom alike. With as many arrivals in each second as were measured, the runs' mean queue time is 82 ms, and the measured 131 ms among them.",
  },
  {
    trials: /^I_pgrestart_direct_/,
    text: "Ten requests succeed in the second in which the database goes down, and the slowest of them is their 95th percentile: while PostgreSQL shuts down it takes some of the machine's two processors, and queries that are still allowed to finish take 5 to 12 ms longer in all four restarts. In the model the database is down at once.",
  },
  {
    trials: /^I_pgrestart_pgb_/,
    text: "Two requests whose clients had a connection to PgBouncer before the restart wait in its line until it reaches the database again, after 4 and 15 s, and then succeed: they alone raise the mean latency by 3 and 14 ms. Only who connects anew gets the cached error. In the model everybody gets it.",
  },
];

/** @returns null where a trial is not expected to have figures outside */
export function explanationOf(id: string): string | null {
  return EXPLANATIONS.find(({ trials }) => trials.test(id))?.text ?? null;
}
