/** What the menu says of a story before it is fetched. */
export interface StoryCard {
  readonly id: string;
  readonly title: string;
  readonly lesson: string;
  /** The preset of its first step. */
  readonly firstStep: string;
}

/** The stories, in the order of the menu. */
export const STORY_CARDS: readonly StoryCard[] = [
  {
    id: "heroku-pooling",
    title: "Connection pooling on Heroku",
    lesson:
      "Threads want connections, and the database refuses above a limit; a pooler turns failures into a short wait.",
    firstStep: "heroku-pooling.a1",
  },
];
