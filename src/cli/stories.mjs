// Runs the stories: installs what is missing, then hands over to stories.ts.
import { runProgram } from "./run.mjs";

await runProgram("src/cli/stories.ts", process.argv.slice(2));
