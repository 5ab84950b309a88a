import { readFileSync } from "node:fs";
import type { Problem } from "../scenario/types";

/** The exit status for input that can't be used. */
const BAD_INPUT = 2;

/** The text of a file, or of standard input where it is called "-". */
export function readInput(file: string): string | Problem {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      path: file,
      found: reason,
      allowed: "a readable file",
      sentence: `${file} can't be read: ${reason}`,
    };
  }
}

/** Says on standard error what is wrong, and how the program is used. Returns the exit status. */
export function reportProblems(problems: readonly Problem[], usage: string): number {
  for (const { path, found, allowed, sentence } of problems) {
    process.stderr.write(
      `${sentence}\n  path: ${path || "(document)"}\n  found: ${found}\n  allowed: ${allowed}\n`,
    );
  }
  process.stderr.write(`usage: ${usage}\n`);
  return BAD_INPUT;
}

/** Says sentences on standard error. Returns the exit status. */
export function complain(sentences: readonly string[], usage: string): number {
  process.stderr.write(`${sentences.join("\n")}\nusage: ${usage}\n`);
  return BAD_INPUT;
}

/** A reader that closes the pipe early (`| head`) is not an error. */
export function allowClosedPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
