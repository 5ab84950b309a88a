import { isOwnStory } from "../../../scenario/known-presets";
import type { Story, StoryStep } from "../../../scenario/stories/story";
import { packStory } from "../../../share/packed";

/** Where the page that is one file has the address that it opens on: see `src/cli/offline-page.mjs`. */
const ADDRESS_PLACE = "<!-- address -->";

/** A story with the whole app in one HTML file, which opens at this step without a network. Rejects where the app cannot be had. */
export async function appPage(story: Story, step: StoryStep): Promise<Blob> {
  const page = await fetchApp();
  const told = isOwnStory(story.id) ? `story=${await packStory(story)}&` : "";
  // Of letters that an address, a script and a page can hold as they are: ids, and what packing gives.
  const hash = `#${told}from=${step.presetId}`;
  const script = `<script>if (location.hash.length < 2) location.replace(${JSON.stringify(hash)});</script>`;
  return new Blob([page.replace(ADDRESS_PLACE, () => script)], { type: "text/html" });
}

async function fetchApp(): Promise<string> {
  const failure = "The app could not be fetched. It is only there where the built page is served.";
  const response = await fetch(new URL("offline.html", window.location.href)).catch(() => null);
  const page = response?.ok === true ? await response.text() : "";
  if (!page.includes(ADDRESS_PLACE)) throw new Error(failure);
  return page;
}
