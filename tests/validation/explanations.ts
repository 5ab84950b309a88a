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
];

/** @returns null where a trial is not expected to have figures outside */
export function explanationOf(id: string): string | null {
  return EXPLANATIONS.find(({ trials }) => trials.test(id))?.text ?? null;
}
