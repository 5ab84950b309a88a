import { Fragment, type ReactNode, useState } from "react";
import { ArrowDown, ArrowUp, ChevronRight } from "../controls/icons";
import { TableFrame } from "./TableFrame";
import styles from "./Trust.module.css";

export interface Column<Row> {
  readonly id: string;
  readonly head: string;
  /** Texts are sorted by the alphabet, numbers by size, largest first; null goes last. Absent: not sorted by this. */
  readonly sortBy?: (row: Row) => number | string | null;
  readonly cell: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
}

interface SortableTableProps<Row> {
  readonly caption: string;
  /** The first one names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** What more there is to a row, under it, when it is opened; absent where there is nothing more. */
  readonly detail?: (row: Row) => ReactNode;
}

interface Sorting {
  readonly column: string;
  readonly isDown: boolean;
}

/** A table that is sorted by pressing the head of a column: once, the other way round, and as it was. */
export function SortableTable<Row>({ caption, columns, rows, keyOf, detail }: SortableTableProps<Row>) {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const sorted = sortedRows(rows, columns, sorting);

  function toggle(key: string) {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  }

  return (
    <TableFrame label={caption}>
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                data-number={column.isNumber}
                aria-sort={orderOf(column.id, sorting)}
              >
                {column.sortBy === undefined ? (
                  column.head
                ) : (
                  <button
                    type="button"
                    className={styles.sort}
                    onClick={() => setSorting(nextSorting(column, sorting))}
                  >
                    {column.head}
                    {sorting?.column === column.id &&
                      (sorting.isDown ? (
                        <ArrowDown size={12} aria-hidden />
                      ) : (
                        <ArrowUp size={12} aria-hidden />
                      ))}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => {
            const key = keyOf(row);
            return (
              <Fragment key={key}>
                <tr>
                  {columns.map((column, index) =>
                    index > 0 ? (
                      <td key={column.id} data-number={column.isNumber}>
                        {column.cell(row)}
                      </td>
                    ) : (
                      <th key={column.id} scope="row">
                        {detail === undefined ? (
                          column.cell(row)
                        ) : (
                          <button
                            type="button"
                            className={styles.opener}
                            aria-expanded={open.has(key)}
                            onClick={() => toggle(key)}
                          >
                            <ChevronRight size={14} aria-hidden />
                            <span>{column.cell(row)}</span>
                          </button>
                        )}
                      </th>
                    ),
                  )}
                </tr>
                {detail !== undefined && open.has(key) && (
                  <tr className={styles.detail}>
                    <td colSpan={columns.length}>{detail(row)}</td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </TableFrame>
  );
}

function orderOf(column: string, sorting: Sorting | null): "ascending" | "descending" | undefined {
  if (sorting?.column !== column) return undefined;
  return sorting.isDown ? "descending" : "ascending";
}

/** Numbers begin with the largest, names with the first; the third press ends it. */
function nextSorting<Row>({ id, isNumber = false }: Column<Row>, sorting: Sorting | null): Sorting | null {
  if (sorting?.column !== id) return { column: id, isDown: isNumber };
  return sorting.isDown === isNumber ? { column: id, isDown: !isNumber } : null;
}

function sortedRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const sortBy = columns.find(({ id }) => id === sorting?.column)?.sortBy;
  if (sorting === null || sortBy === undefined) return rows;
  return rows
    .map((row) => ({ row, value: sortBy(row) }))
    .sort(({ value: one }, { value: other }) => {
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      const order =
        typeof one === "number" && typeof other === "number"
          ? one - other
          : String(one).localeCompare(String(other), "en", { numeric: true });
      return sorting.isDown ? -order : order;
    })
    .map(({ row }) => row);
}
