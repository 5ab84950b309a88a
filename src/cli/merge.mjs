// Joins the parts of a study: installs what is missing, then hands over to merge.ts.
import { runProgram } from "./run.mjs";

await runProgram("src/cli/merge.ts", process.argv.slice(2));
