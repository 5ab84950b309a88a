import { knownPreset, learnOwnStory, obtainOwnStory } from "../scenario/known-presets";
import { readScenarioText } from "../scenario/read-scenario";
import { readStoryText } from "../scenario/stories/read-story";
import type { Story } from "../scenario/stories/story";
import { writtenStory } from "../scenario/stories/written-story";
import type { Problem, Scenario } from "../scenario/types";
import { deflateText, inflateText } from "./deflate";

/** What unpacks to more than this is not read: it would be a trap, or at least no link. */
const MAXIMUM_UNPACKED_BYTES = 16 * 1024 * 1024;
/** How documents are packed: raw deflate, in base64url, of JSON. */
const PACKED_VERSION = "1";

/** A document in letters that a link can hold. Rejects in a browser that cannot compress. */
export async function pack(document: unknown): Promise<string> {
  return `${PACKED_VERSION}.${await deflateText(JSON.stringify(document))}`;
}

/** A story in letters that a link can hold. Rejects in a browser that cannot compress. */
export function packStory(story: Story): Promise<string> {
  return pack(writtenStory(story));
}

/** The text that was packed; null where it cannot be had, and why is added to the problems. */
async function unpack(packed: string, parameter: string, problems: Problem[]): Promise<string | null> {
  const complain = (found: string, allowed: string, complaint: string) => {
    problems.push({
      path: parameter,
      found,
      allowed,
      sentence: `In the link, "${parameter}" ${complaint}.`,
    });
    return null;
  };
  const dot = packed.indexOf(".");
  if (packed.slice(0, dot) !== PACKED_VERSION)
    return complain("another form", `${PACKED_VERSION}.…`, "is not of a form that this version reads");
  try {
    return await inflateText(packed.slice(dot + 1), MAXIMUM_UNPACKED_BYTES);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : "damaged";
    return complain(reason, "a whole compact link", `cannot be unpacked (${reason})`);
  }
}

/** The scenario of a compact link; `base` where it cannot be had. What was wrong is added to the problems. */
export async function unpackScenario(packed: string, base: Scenario, problems: Problem[]): Promise<Scenario> {
  const text = await unpack(packed, "s", problems);
  if (text === null) return base;
  const result = readScenarioText(text);
  if (!result.ok) problems.push(...result.problems);
  return result.scenario;
}

/** A step of a story that came with a link: where the link's changes begin. */
interface LinkedStep {
  readonly baseId: string;
  readonly base: Scenario;
}

/**
 * Opens the story of a link, at one of its steps. Where the reader keeps a story of that id, it stays as it is, and only
 * the step's scenario is the link's: links of earlier versions lead to the same numbers.
 * null where there is no such story or step; what was wrong is added to the problems.
 */
export async function openStory(
  packed: string,
  stepId: string | null,
  problems: Problem[],
): Promise<LinkedStep | null> {
  const text = await unpack(packed, "story", problems);
  if (text === null) return null;
  const { story, problems: found } = readStoryText(text);
  problems.push(...found);
  if (story === null) return null;
  const step = stepId === null ? story.steps[0] : story.steps.find(({ presetId }) => presetId === stepId);
  if (step === undefined) return null;
  const own = await obtainOwnStory(story.id);
  if (own === undefined || own.isReceived === true) learnOwnStory({ ...story, isReceived: true }, packed);
  const baseId = knownPreset(step.presetId) === undefined ? own?.steps[0]?.presetId : step.presetId;
  return { baseId: baseId ?? step.presetId, base: step.scenario };
}
