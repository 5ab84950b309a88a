/** @typedef {import("../../src/analysis/theory-report.ts").TheoryCase} TheoryCase */
/** @typedef {import("../../src/analysis/theory-report.ts").TheoryReport} TheoryReport */

const UNITS = { ms: " ms", "per s": "/s", share: "", number: "", "per s per s": "/s²" };

/**
 * As many digits as tell: up to five.
 * @param {number} value
 */
function figure(value) {
  if (value === 0) return "0";
  const digits = Math.max(0, 4 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 8));
}

/** @param {TheoryCase} one */
function row({ name, quantity, formula, exact, measured, halfWidth, unit, requests, repeated }) {
  const relative = exact === 0 ? "" : ` (${((100 * halfWidth) / Math.abs(exact)).toFixed(2)} %)`;
  const cells = [
    name,
    quantity,
    formula,
    `${figure(exact)}${UNITS[unit]}`,
    `${figure(measured)} ± ${figure(halfWidth)}${relative}${repeated ? " †" : ""}`,
    (requests / 1e6).toFixed(1),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/**
 * The page of the docs about a run of the full suite.
 * @param {TheoryReport} report
 * @returns {string} Markdown
 */
export function theoryPage({ engine, cases }) {
  const groups = [...new Set(cases.map((one) => one.group))];
  const repeated = cases.filter((one) => one.repeated).length;
  const widest = Math.max(
    ...cases.filter((one) => one.exact !== 0).map((one) => one.halfWidth / Math.abs(one.exact)),
  );
  return `# The engine against queueing theory

Written by \`npm run theory -- --write\` from one run of the suite in \`tests/theory\`, on engine ${engine}. Every scenario here is a model whose figures are
known exactly. The exact value must lie in the 99 % interval of the run (Student's t over independent replications; percentiles have half a
percent more, for the histogram's bins), and that interval must be narrower than ± 2 %: the widest here is ± ${(100 * widest).toFixed(1)} %. One
right figure in a hundred is outside such an interval by chance; it is then measured again with other random numbers, four times as long, and must be inside
(†: ${repeated} of these ${cases.length}).

A run of less precision, of the same cases, is part of \`npm test\`. The formulas themselves are tested against published tables (\`tests/theory/formulas*.test.ts\`).
That these tests notice a wrong engine is held by broken ones: see [mutations.md](mutations.md). S is the mean service time, λ the arrival rate, ρ the
utilization, a the offered load, c the number of servers; requests in millions.

Erlang A, where clients' patience is exponential, is not here: every limit to patience is a constant in a scenario, and a server does not notice that a client gave up. What such
limits do is held against M/M/c+D, which follows from the same theorem as Erlang A (whose published values test the formula), and against the tail of M/M/c.

${groups
  .map(
    (group) => `## ${group}

| case | quantity | exact value by | exact | measured (99 %) | requests |
|---|---|---|--:|--:|--:|
${cases
  .filter((one) => one.group === group)
  .map(row)
  .join("\n")}
`,
  )
  .join("\n")}`;
}
