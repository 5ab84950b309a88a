import { use } from "react";
import { ErrorBoundary } from "./shell/ErrorBoundary";
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
    <ErrorBoundary
      part="The story"
      advice="The scenario and its figures are kept. Try again, or reload the page."
    >
      <WordsOfChangesContext value={use(fetchedWords)}>
        <StoryPanel storyId={storyId} />
      </WordsOfChangesContext>
    </ErrorBoundary>
  );
}
