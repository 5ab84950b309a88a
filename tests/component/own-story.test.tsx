import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { HEROKU_POOLING } from "../../src/scenario/stories/heroku-pooling";
import StoryPanel from "../../src/ui/stories/StoryPanel";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";

beforeAll(fillInMissing);

/** The panel of a story that was begun with the example on the page. */
async function openOwnStory(link = "") {
  const opened = renderWithSession(<StoryPanel storyId="my-nothing" />, { link });
  const own = await opened.session.ownStories();
  await act(() => own.begin("My review", "As it is"));
  const story = () => {
    const [first] = own.store.getState().stories;
    if (first === undefined) throw new Error("no story");
    return first;
  };
  opened.rerender(opened.within(<StoryPanel storyId={story().id} />));
  await screen.findByRole("heading", { level: 2, name: /As it is/ });
  return { ...opened, own, story };
}

describe("a step of one's own", () => {
  it("that says nothing yet is open to be written, and what is written is shown and kept", async () => {
    const { user, story } = await openOwnStory();
    const text = await screen.findByRole("textbox", { name: "Text" });
    await user.type(text, "**Twenty-five** dynos.");
    await user.tab();
    await waitFor(() => expect(story().steps[0]?.text).toBe("**Twenty-five** dynos."));
    expect(await screen.findByText("Twenty-five")).toHaveProperty("tagName", "STRONG");
    await user.click(screen.getByRole("checkbox", { name: "Connections" }));
    await waitFor(() => expect(story().steps[0]?.charts).toContain("connections"));
  });

  it("keeps its title where none is written", async () => {
    const { user, story } = await openOwnStory();
    await user.clear(await screen.findByRole("textbox", { name: "Title of the step" }));
    await user.tab();
    await user.type(screen.getByRole("textbox", { name: "Title of the story" }), "!");
    await user.tab();
    await waitFor(() => expect(story().title).toBe("My review!"));
    expect(story().steps[0]?.title).toBe("As it is");
  });

  it("is kept as it is written, also where the field is never left", async () => {
    const { user, story, unmount } = await openOwnStory();
    await user.type(await screen.findByRole("textbox", { name: "Note for the presenter" }), "Pause.");
    unmount();
    await waitFor(() => expect(story().steps[0]?.note).toBe("Pause."));
  });

  it("claims nothing, and says nothing of that", async () => {
    await openOwnStory();
    expect(screen.queryByText(/claims nothing/)).not.toBeInTheDocument();
    expect(screen.queryByRole("table")).not.toBeInTheDocument();
  });

  it("offers to take in what was changed, and only then", async () => {
    const { user, session, story } = await openOwnStory();
    await screen.findByRole("button", { name: "Add as step" });
    expect(screen.queryByRole("button", { name: /^Save into/ })).not.toBeInTheDocument();
    act(() => void session.edit("fleets.web.dynos", 40));
    await user.click(await screen.findByRole("button", { name: "Save into step 1" }));
    await waitFor(() => expect(story().steps[0]?.scenario.fleets[0]?.dynos).toBe(40));
  });

  it("is one of two after another was added, and can be moved and removed", async () => {
    const { user, session, story } = await openOwnStory();
    act(() => void session.edit("fleets.web.dynos", 40));
    await user.click(await screen.findByRole("button", { name: "Add as step" }));
    await screen.findByText("My review · step 2 of 2");
    await user.click(screen.getByRole("button", { name: "Move the step earlier" }));
    await screen.findByText("My review · step 1 of 2");
    expect(story().steps.map(({ scenario }) => scenario.fleets[0]?.dynos)).toEqual([40, 25]);
    await user.click(screen.getByRole("button", { name: "Remove the step" }));
    await screen.findByText("My review · step 1 of 1");
    await user.click(screen.getByRole("button", { name: "Bring it back" }));
    await screen.findByText("My review · step 1 of 2");
  });
});

describe("the menu of a story", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  async function openMenu(link: string) {
    const opened = await openOwnStory(link);
    await opened.user.click(screen.getByRole("button", { name: "Story" }));
    return opened;
  }

  it("copies a link with the story in it", async () => {
    const { user } = await openMenu("https://headroom.example/#story=1.abc&from=my-x.s1");
    await user.click(screen.getByRole("menuitem", { name: /^Copy link/ }));
    expect(await screen.findByText("Copied")).toBeInTheDocument();
    expect(await navigator.clipboard.readText()).toContain("#story=");
  });

  it("says where the story is too long for one", async () => {
    const { user } = await openMenu("https://headroom.example/#s=1.abc");
    await user.click(screen.getByRole("menuitem", { name: /^Copy link/ }));
    expect(await screen.findByText(/share the story file instead/)).toBeInTheDocument();
  });

  it("says how long a link is that chat tools may cut", async () => {
    const { user } = await openMenu("https://headroom.example/#story=1.".padEnd(9_253, "a"));
    await user.click(screen.getByRole("menuitem", { name: /^Copy link/ }));
    const note = "Copied. It has 9,253 characters, which some chat tools cut: the story file is safer.";
    expect(await screen.findByText(note)).toBeInTheDocument();
  });

  it("offers no link where the page is a file", async () => {
    vi.stubGlobal("location", new URL("file:///story.html"));
    await openMenu("file:///story.html#story=1.abc&from=my-x.s1");
    const item = screen.getByRole("menuitem", { name: /^Copy link/ });
    expect(item).toHaveTextContent("This page is a file: hand on the file, or the story file");
    expect(item).toHaveAttribute("aria-disabled", "true");
  });

  it("shows the link where the browser does not let the page copy", async () => {
    const { user } = await openMenu("https://headroom.example/#story=1.abc&from=my-x.s1");
    vi.spyOn(navigator.clipboard, "writeText").mockRejectedValueOnce(new Error("not allowed"));
    await user.click(screen.getByRole("menuitem", { name: /^Copy link/ }));
    const dialog = await screen.findByRole("dialog", { name: "Copy this link" });
    expect(within(dialog).getByRole("textbox", { name: "Link to this step" })).toHaveValue(
      "https://headroom.example/#story=1.abc&from=my-x.s1",
    );
    expect(screen.queryByRole("menu")).not.toBeInTheDocument();
  });

  it("makes a published story one's own, at its step", async () => {
    const step = HEROKU_POOLING.steps[2];
    if (step === undefined) throw new Error("no third step");
    const { session, user } = renderWithSession(<StoryPanel storyId="heroku-pooling" />, {
      scenario: step.scenario,
    });
    act(() => session.replaceScenario(step.scenario, step.presetId));
    await user.click(await screen.findByRole("button", { name: "Story" }));
    const menu = screen.getByRole("menu");
    expect(within(menu).queryByRole("menuitem", { name: /^Remove/ })).not.toBeInTheDocument();
    await user.click(within(menu).getByRole("menuitem", { name: /^Make it your own/ }));
    const own = await session.ownStories();
    await waitFor(() => expect(own.store.getState().stories).toHaveLength(1));
    expect(session.scenario.getState().baseId).toBe(own.store.getState().stories[0]?.steps[2]?.presetId);
  });
});
