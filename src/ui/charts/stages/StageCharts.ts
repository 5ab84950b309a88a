/** What is loaded together, after the charts over time: the charts that take requests apart. */
export { BreakdownChart } from "./BreakdownChart";
export { WaterfallChart } from "./WaterfallChart";
