import { meanMs } from "../../scenario/duration-mean";
import type { Duration } from "../../scenario/types";

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

export function shapeOf(duration: Duration): Shape {
  if (typeof duration === "number") return "constant";
  if (duration.dist === "lognormal") return "p50" in duration ? "lognormal-percentiles" : "lognormal";
  return duration.dist;
}

/** The same mean in another shape, with plain parameters to begin with. */
export function withShape(duration: Duration, shape: Shape): Duration {
  const mean = Number(meanMs(duration).toPrecision(6));
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
