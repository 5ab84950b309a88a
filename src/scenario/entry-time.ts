/** When an entry of a timeline takes place, in milliseconds: to the nanosecond, so that seconds as people write them are met. */
export function entryMs({ atS }: { readonly atS: number }): number {
  return Math.round(atS * 1e6) / 1e3;
}
