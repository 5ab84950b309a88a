import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const COMMAND = fileURLToPath(new URL("../../../src/cli/simulate.mjs", import.meta.url));

/** A result document, of which journeys look at little and compare all. */
export interface ResultDocument {
  readonly scenario: unknown;
  readonly wallMs: number;
  readonly requests: { readonly ok: number; readonly failed: number };
}

/**
 * The result document that the command line prints for these words, `input` being what it reads from standard input.
 * Rejects where the command does not end well, with what it said.
 */
export function simulate(words: readonly string[], input = ""): Promise<ResultDocument> {
  return new Promise((resolve, reject) => {
    const command = spawn(process.execPath, [COMMAND, ...words, "--json"]);
    let output = "";
    let complaint = "";
    command.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    command.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint += text;
    });
    command.on("error", reject);
    command.on("close", (status) => {
      if (status === 0) resolve(JSON.parse(output) as ResultDocument);
      else reject(new Error(`simulate ${words.join(" ")} ended with ${status}:\n${complaint}`));
    });
    command.stdin.end(input);
  });
}

/** A result without how long it took, which is all that two runs of one scenario may differ in. */
export function withoutWallTime({ wallMs: _, ...rest }: ResultDocument): object {
  return rest;
}
