// Starts the command line's simulator: installs what is missing, then hands over to simulate.ts.
import { runProgram } from "./run.mjs";

await runProgram("src/cli/simulate.ts", process.argv.slice(2));
