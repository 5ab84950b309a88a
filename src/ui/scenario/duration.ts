import type { Distribution, Duration } from "../../scenario/types";

/** The shapes a duration can take, as the page offers them; a lognormal may be given in two ways. */
export const SHAPES = [
  { id: "constant", label: "Constant" },
  { id: "exponential", label: "Exponential" },
  { id: "uniform", label: "Uniform" },
  { id: "lognormal", label: "Lognormal" },
  { id: "lognormal-percentiles", label: "Lognormal by p50, p99" },
  { id: "gamma", label: "Gamma" },
  { id: "hyperexponential", label: "Hyperexponential" },
  { id: "pareto", label: "Pareto" },
] as const;

export type Shape = (typeof SHAPES)[number]["id"] | "empirical";

export interface ShapeParameter {
  readonly key: string;
  readonly label: string;
  readonly unit: "milliseconds" | "ratio";
  readonly value: number;
}

/** The 99 % point of the standard normal distribution. */
const Z99 = 2.3263478740408408;

export function shapeOf(duration: Duration): Shape {
  if (typeof duration === "number") return "constant";
  if (duration.dist === "lognormal") return "p50" in duration ? "lognormal-percentiles" : "lognormal";
  return duration.dist;
}

function empiricalMean({ values, weights }: Extract<Distribution, { dist: "empirical" }>): number {
  let sum = 0;
  let total = 0;
  values.forEach((value, position) => {
    const weight = weights?.[position] ?? 1;
    sum += value * weight;
    total += weight;
  });
  return total === 0 ? 0 : sum / total;
}

/** The mean of a duration in milliseconds. For showing; the engine has its own, exact to the bit. */
export function meanOf(duration: Duration): number {
  if (typeof duration === "number") return duration;
  switch (duration.dist) {
    case "uniform":
      return (duration.min + duration.max) / 2;
    case "lognormal": {
      if ("mean" in duration) return duration.mean;
      const sigma = Math.log(duration.p99 / duration.p50) / Z99;
      return duration.p50 * Math.exp((sigma * sigma) / 2);
    }
    case "empirical":
      return empiricalMean(duration);
    default:
      return duration.mean;
  }
}

/** The same mean in another shape, with plain parameters to begin with. */
export function withShape(duration: Duration, shape: Shape): Duration {
  const mean = Number(meanOf(duration).toPrecision(6));
  switch (shape) {
    case "constant":
      return mean;
    case "exponential":
      return { dist: "exponential", mean };
    case "uniform":
      return { dist: "uniform", min: mean * 0.5, max: mean * 1.5 };
    case "lognormal":
      return { dist: "lognormal", mean, cv: 0.5 };
    case "gamma":
      return { dist: "gamma", mean, cv: 0.5 };
    case "lognormal-percentiles":
      return { dist: "lognormal", p50: mean * 0.8, p99: mean * 4 };
    case "hyperexponential":
      return { dist: "hyperexponential", mean, cv: 2 };
    case "pareto":
      return { dist: "pareto", mean, shape: 2.5 };
    case "empirical":
      return duration;
  }
}

const PARAMETER_LABELS: Readonly<Record<string, string>> = {
  mean: "Mean",
  min: "From",
  max: "To",
  cv: "cv",
  shape: "Shape",
  p50: "p50",
  p99: "p99",
};

/** The parameters of a duration, as fields. An empirical one has none: its values come from a file. */
export function parametersOf(duration: Duration): readonly ShapeParameter[] {
  if (typeof duration === "number")
    return [{ key: "mean", label: "Time", unit: "milliseconds", value: duration }];
  if (duration.dist === "empirical") return [];
  return Object.entries(duration).flatMap(([key, value]) =>
    typeof value === "number"
      ? [
          {
            key,
            label: PARAMETER_LABELS[key] ?? key,
            unit: key === "cv" || key === "shape" ? ("ratio" as const) : ("milliseconds" as const),
            value,
          },
        ]
      : [],
  );
}

/** A duration with one parameter changed; whether that is allowed is the scenario's to say. */
export function withParameter(duration: Duration, key: string, value: number): unknown {
  return typeof duration === "number" ? value : { ...duration, [key]: value };
}
