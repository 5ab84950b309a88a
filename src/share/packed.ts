import { learnOwnStory, obtainOwnStory } from "../scenario/known-presets";
import { readScenarioText } from "../scenario/read-scenario";
import { ownStepOf, ownStory } from "../scenario/stories/own-story";
import { readStoryText } from "../scenario/stories/read-story";
import type { Story } from "../scenario/stories/story";
import { writtenStory } from "../scenario/stories/written-story";
import type { Problem, Scenario } from "../scenario/types";
import { deflateText, inflateText } from "./deflate";

/** What unpacks to more than this is not read: it would be a trap, or at least no link. */
const MAXIMUM_UNPACKED_BYTES = 16 * 1024 * 1024;
/** How documents are packed: raw deflate, in base64url, of JSON. */
const PACKED_VERSION = "1";

/** The stories as this page has packed them: versions that the reader has seen. */
const versions = new Set<string>();

/** A document in letters that a link can hold. Rejects in a browser that cannot compress. */
export async function pack(document: unknown): Promise<string> {
  return `${PACKED_VERSION}.${await deflateText(JSON.stringify(document))}`;
}

/** A story in letters that a link can hold. Rejects in a browser that cannot compress. */
export async function packStory(story: Story): Promise<string> {
  const packed = await pack(writtenStory(story));
  versions.add(packed);
  return packed;
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
 * Opens the story of a link, at one of its steps. A story that the reader keeps stays as it is: where the link has a version of it from
 * this visit, only the step's scenario is the link's, so that Back leads to the same numbers; any other version opens beside it, as received.
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
  const place = stepId === null ? 0 : (story?.steps.findIndex(({ presetId }) => presetId === stepId) ?? -1);
  const step = story?.steps[place];
  if (story === null || step === undefined) return null;
  const own = await obtainOwnStory(story.id);
  const isKept = own !== undefined && own.isReceived !== true;
  if (isKept && versions.has(packed)) {
    const isThere = own.steps.some(({ presetId }) => presetId === step.presetId);
    return { baseId: (isThere ? step : own.steps[0])?.presetId ?? step.presetId, base: step.scenario };
  }
  const received = isKept ? ownStory({ ...story, id: besides(story.id) }, story.steps.map(ownStepOf)) : story;
  learnOwnStory({ ...received, isReceived: true }, isKept ? await packStory(received) : packed);
  return { baseId: received.steps[place]?.presetId ?? step.presetId, base: step.scenario };
}

/** What another version of a story is called beside the one that is kept. */
function besides(id: string): string {
  return `${id.slice(0, 19)}v`;
}
