/** Prints a line. */
export function line(text = ""): void {
  process.stdout.write(`${text}\n`);
}
