export const KEY_HEIGHT = 18;
export const ROW_HEIGHT = 23;

/** How high the bands of so many alarms are, in CSS pixels. */
export function bandsHeight(count: number): number {
  return count === 0 ? 0 : KEY_HEIGHT + count * ROW_HEIGHT + 4;
}
