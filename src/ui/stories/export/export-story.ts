import { strToU8, type Zippable, zipSync } from "fflate";
import type { Story } from "../../../scenario/stories/story";
import { fileName } from "../../controls/download";
import { appPage } from "./app-page";
import { stepPicture } from "./step-picture";
import { storyMarkdown } from "./story-markdown";
import { storyPage } from "./story-page";
import { type Telling, tellStory } from "./tell-story";
import type { ToldStory } from "./told-step";

/** `app`: HTML with the app inside; `page`: HTML with pictures; `markdown`: Markdown with pictures; `picture`: one step as PNG. */
export type ExportKind = "app" | "page" | "markdown" | "picture";

export interface ExportedFile {
  readonly name: string;
  readonly content: Blob;
}

/** Makes a file of a story, or of one of its steps. Rejects when it is called off, or cannot be made. */
export async function exportStory(
  kind: ExportKind,
  story: Story,
  place: number,
  telling: Telling,
): Promise<ExportedFile> {
  const step = story.steps[place];
  if (step === undefined) throw new Error(`The story has no step ${place + 1}.`);
  switch (kind) {
    case "app":
      return { name: fileName(story.title, ".html"), content: await appPage(story, step) };
    case "page": {
      const told = await tellStory(story, story.steps, telling);
      return { name: fileName(story.title, "to-read.html"), content: await storyPage(told) };
    }
    case "markdown": {
      const told = await tellStory(story, story.steps, telling);
      return { name: fileName(story.title, ".zip"), content: await zipped(told) };
    }
    case "picture": {
      const { steps } = await tellStory(story, [step], telling);
      const [told] = steps;
      if (told === undefined) throw new Error("The step was not simulated.");
      return { name: fileName(`${step.label} ${step.title}`, ".png"), content: await stepPicture(told) };
    }
  }
}

async function zipped(told: ToldStory): Promise<Blob> {
  const files: Zippable = { "story.md": strToU8(storyMarkdown(told)) };
  for (const { name, png } of told.steps.flatMap(({ pictures }) => pictures)) {
    // They are compressed already.
    files[`pictures/${name}.png`] = [new Uint8Array(await png.arrayBuffer()), { level: 0 }];
  }
  return new Blob([zipSync(files)], { type: "application/zip" });
}
