/** A table of texts; its first columns are words, and aligned to the left. */
export interface Table {
  /** One where it is not said. */
  readonly wordColumns?: number;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function percent(fraction: number, digits = 1): string {
  return `${(fraction * 100).toFixed(digits)} %`;
}

export function signed(text: string): string {
  return text.startsWith("-") ? `−${text.slice(1)}` : `+${text}`;
}

/** At least three digits that count. */
export function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}

/** Behind what stands outside. */
export const OUTSIDE = " (!)";

export function markdownTable({ head, rows, wordColumns = 1 }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i < wordColumns ? "---" : "--:"))), ...rows.map(line)].join(
    "\n",
  );
}

export function terminalTable({ head, rows }: Table): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? "").length)));
  return all
    .map((cells) =>
      cells
        .map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
