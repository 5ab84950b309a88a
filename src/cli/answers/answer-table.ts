import type { Answer } from "../../study/answer-types";
import { capacityTable } from "./capacity-table";
import { cheapestTable } from "./cheapest-table";
import { compareTable } from "./compare-table";
import { precisionTable } from "./precision-table";
import { sensitivityTable } from "./sensitivity-table";
import { sweepTable } from "./sweep-table";

/** An answer for a terminal. */
export function answerTable(answer: Answer): string {
  return `${lines(answer).join("\n")}\n`;
}

function lines(answer: Answer): readonly string[] {
  switch (answer.kind) {
    case "compare":
      return compareTable(answer);
    case "capacity":
      return capacityTable(answer);
    case "sweep":
      return sweepTable(answer);
    case "cheapest":
      return cheapestTable(answer);
    case "sensitivity":
      return sensitivityTable(answer);
    case "precision":
      return precisionTable(answer);
  }
}
