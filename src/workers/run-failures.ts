import type { RunFailure } from "./protocol";

/** The user, or a newer run, ended it. */
export function cancelled(): RunFailure {
  return { code: "cancelled", message: "The run was stopped before it was complete." };
}

/** A worker died. `reason` is what is known about it, for the curious. */
export function crashed(reason: string): RunFailure {
  return {
    code: "crashed",
    message:
      `The simulation stopped, most likely for lack of memory (${reason}). Your scenario is kept. ` +
      "Run it again, or make it smaller: a shorter run, fewer clients or fewer dynos.",
  };
}

/** A defect in the program, not in the scenario. */
export function internal(message: string): RunFailure {
  return {
    code: "internal",
    message: `The simulation failed because of a defect in Headroom (${message}). Your scenario is kept.`,
  };
}
