// Answers a study, or simulates a part of it: installs what is missing, then hands over to study.ts.
import { runProgram } from "./run.mjs";

await runProgram("src/cli/study.ts", process.argv.slice(2));
