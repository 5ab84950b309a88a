import type { Problem } from "../types";
import type { ProblemLog } from "./problem-log";

/** Reports a problem of a part of a document at the part's place. */
export function reportInside(log: ProblemLog, at: string, { path, found, allowed, sentence }: Problem): void {
  log.addSentence(path === "" ? at : `${at}.${path}`, found, allowed, `In ${at}: ${sentence}`);
}
