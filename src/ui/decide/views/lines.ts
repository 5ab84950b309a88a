import type { Estimate } from "../../../analysis/result-types";
import type { XyPoint } from "../../charts/xy-types";

/** A point with its band; none where nothing was measured. */
export function pointAt(x: number, { mean, ci95 }: Estimate): readonly XyPoint[] {
  if (mean === null) return [];
  return [{ x, value: mean, ...(ci95 === null ? {} : { low: ci95[0], high: ci95[1] }) }];
}
