import type { CompareAnswer } from "../../study/answer-types";
import { alignedColumns } from "../text-table";
import { counted, differenceText, fieldText, MEASURES, valueText } from "./measure-words";

/** Scenarios side by side, what differs in them, and what can be said of their figures' differences. */
export function compareTable({ columns, rows, replications }: CompareAnswer): string[] {
  const names = columns.map(({ name }) => name);
  const [first = ""] = names;
  const figures = rows.map(({ measure, values }) => [
    MEASURES[measure].label,
    ...values.map((value) => valueText(measure, value)),
  ]);
  return [
    `${names.join(" against ")}: ${counted(replications, "replication")} of each, with the same random numbers`,
    "",
    ...alignedColumns([["", ...names], ...figures]),
    ...columns.flatMap(({ name, changes }, column) =>
      column === 0
        ? []
        : [
            "",
            `${name}, beside ${first}:`,
            ...changes.map(({ path, value }) => `  ${path} = ${fieldText(value)}`),
            ...alignedColumns(
              rows.flatMap(({ measure, differences }) => {
                const difference = differences[column];
                return difference == null
                  ? []
                  : [[`  ${MEASURES[measure].label}`, differenceText(measure, difference)]];
              }),
              { hasTexts: true },
            ),
          ],
    ),
  ];
}
