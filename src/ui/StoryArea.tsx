import { use } from "react";
import StoryPanel from "./stories/StoryPanel";
import { WordsOfChangesContext } from "./stories/words-of-changes";

// In a file of its own, so that the first load need not name what it takes in turn. Without it a step does not say what it changes.
const fetchedWords = import("./scenario/changes/changes-between").then(
  ({ changesBetween }) => changesBetween,
  () => () => [],
);

/** A story's step, with what it changes told in the words of the controls. */
export default function StoryArea({ storyId }: { readonly storyId: string }) {
  return (
    <WordsOfChangesContext value={use(fetchedWords)}>
      <StoryPanel storyId={storyId} />
    </WordsOfChangesContext>
  );
}
