/**
 * Rows as lines of equal columns: the first column to the left, the others to the right. A row may be shorter than others.
 * @param hasTexts whether the last column is one of texts, and stands to the left as well
 */
export function alignedColumns(
  rows: readonly (readonly string[])[],
  { hasTexts = false }: { readonly hasTexts?: boolean } = {},
): string[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const widths = Array.from({ length: columns }, (_, column) =>
    rows.reduce((width, row) => Math.max(width, (row[column] ?? "").length), 0),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || (hasTexts && column === columns - 1)
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}
