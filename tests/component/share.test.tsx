import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as download from "../../src/ui/controls/download";
import { ShareMenu } from "../../src/ui/share/ShareMenu";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";
import { TURNING_POINT } from "../support/summary-fixture";

beforeAll(fillInMissing);

const LINK = "https://headroom.example/#from=carwow-pooling&fleets.web.dynos=30";

function Harness() {
  const [isOpen, setOpen] = useState(false);
  return <ShareMenu isOpen={isOpen} onOpenChange={setOpen} />;
}

async function openMenu(link = LINK) {
  const view = renderWithSession(<Harness />, { link });
  await view.user.click(screen.getByRole("button", { name: "Share" }));
  return view;
}

describe("copying the link", () => {
  it("says that it was copied, and the menu stays to say so", async () => {
    const { user } = await openMenu();
    await user.click(screen.getByRole("menuitem", { name: /Copy link/ }));
    expect(await screen.findByText("Copied")).toBeInTheDocument();
    expect(await navigator.clipboard.readText()).toBe(LINK);
  });

  it("says so where the compact form was needed", async () => {
    const { user } = await openMenu(
      "https://headroom.example/#s=1.q1YqTs5ILUpVsrLQUcpLzE1VslJKL8ovLVDSUcpILEpVsjI0MDDQUSpOLUvNA6qtBQA",
    );
    await user.click(screen.getByRole("menuitem", { name: /Copy link/ }));
    expect(await screen.findByText(/compact form/)).toBeInTheDocument();
  });

  it.each([
    ["s", "the scenario's file"],
    ["story", "the story file"],
  ])("says what is safer than a long link of the form #%s=", async (key, safer) => {
    const { user } = await openMenu(`https://headroom.example/#${key}=1.`.padEnd(2_500, "a"));
    await user.click(screen.getByRole("menuitem", { name: /Copy link/ }));
    const note = `Copied. It has 2,500 characters, which some chat tools cut: ${safer} is safer.`;
    expect(await screen.findByText(note)).toBeInTheDocument();
  });

  it("is not offered where the page is a file", async () => {
    vi.stubGlobal("location", new URL("file:///page.html"));
    await openMenu();
    const item = screen.getByRole("menuitem", { name: /Copy link/ });
    expect(item).toHaveTextContent("This page is a file: hand on the file, or export the scenario");
    expect(item).toHaveAttribute("aria-disabled", "true");
    vi.unstubAllGlobals();
  });

  it("offers the link to copy by hand where the browser refuses", async () => {
    const { user } = await openMenu();
    vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("not allowed"));
    await user.click(screen.getByRole("menuitem", { name: /Copy link/ }));
    expect(await screen.findByRole("textbox", { name: "Link to this scenario" })).toHaveValue(LINK);
  });
});

describe("files out", () => {
  beforeEach(() => {
    vi.spyOn(download, "downloadText").mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    ["Export scenario", "25-dynos-no-pooler.json", "application/json"],
    ["Export results", "25-dynos-no-pooler-results.json", "application/json"],
    ["Export series over time", "25-dynos-no-pooler-series.csv", "text/csv"],
  ])("%s", async (item, name, type) => {
    const { user } = await openMenu();
    await user.click(screen.getByRole("menuitem", { name: new RegExp(item) }));
    expect(download.downloadText).toHaveBeenCalledExactlyOnceWith(name, type, expect.stringContaining("s"));
  });

  it("are named plainly where the scenario has no name", () => {
    expect(download.fileName("", "results.json")).toBe("headroom-results.json");
    expect(download.fileName("../../É <b>", ".json")).toBe("b.json");
  });
});

describe("files in", () => {
  async function openImport() {
    const view = await openMenu();
    await view.user.click(screen.getByRole("menuitem", { name: /Import scenario/ }));
    return { ...view, text: await screen.findByRole("textbox", { name: "Scenario or story as JSON" }) };
  }

  it("takes what was pasted, and closes", async () => {
    const { session, user, text } = await openImport();
    fireEvent.change(text, { target: { value: JSON.stringify({ ...TURNING_POINT, name: "Pasted" }) } });
    await user.click(screen.getByRole("button", { name: "Import" }));
    expect(session.scenario.getState().scenario.name).toBe("Pasted");
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  });

  it("lists what could not be read, and stays open", async () => {
    const { user, text } = await openImport();
    fireEvent.change(text, { target: { value: '{"schema":1,"fleets":[{"name":"web","dynos":"many"}]}' } });
    await user.click(screen.getByRole("button", { name: "Import" }));
    expect(screen.getByRole("row", { name: /fleets\.web\.dynos/ })).toBeInTheDocument();
  });

  it("takes for a story what has steps, and tells that its version is missing", async () => {
    const { session, user, text } = await openImport();
    fireEvent.change(text, { target: { value: '{"title":"Theirs","steps":[{"title":"One"}]}' } });
    await user.click(screen.getByRole("button", { name: "Import" }));
    expect(await screen.findByRole("row", { name: /headroomStory is missing/ })).toBeInTheDocument();
    expect((await session.ownStories()).store.getState().stories.map(({ title }) => title)).toEqual([
      "Theirs",
    ]);
  });

  it("takes for a scenario what only speaks of stories", async () => {
    const { session, user, text } = await openImport();
    const name = 'Not a "headroomStory"';
    fireEvent.change(text, { target: { value: JSON.stringify({ ...TURNING_POINT, name }) } });
    await user.click(screen.getByRole("button", { name: "Import" }));
    await waitFor(() => expect(session.scenario.getState().scenario.name).toBe(name));
    expect((await session.ownStories()).store.getState().stories).toEqual([]);
  });

  it("makes no second copy of what was taken with problems, until the text is another", async () => {
    const { session, user, text } = await openImport();
    const story = '{"headroomStory":1,"title":"Theirs","steps":[{"title":"One","charts":["weather"]}]}';
    fireEvent.change(text, { target: { value: story } });
    await user.click(screen.getByRole("button", { name: "Import" }));
    await screen.findByRole("row", { name: /weather/ });
    expect(screen.getByRole("button", { name: "Import" })).toBeDisabled();
    expect((await session.ownStories()).store.getState().stories).toHaveLength(1);
    fireEvent.change(text, { target: { value: story.replace("weather", "latency") } });
    expect(screen.getByRole("button", { name: "Import" })).toBeEnabled();
  });

  it("says where what reads stories cannot be had, and can be pressed again", async () => {
    const { session, user, text } = await openImport();
    session.ownStories.mockRejectedValueOnce(new Error("offline"));
    fireEvent.change(text, { target: { value: '{"headroomStory":1,"steps":[{"title":"One"}]}' } });
    await user.click(screen.getByRole("button", { name: "Import" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Try again when you are online.");
    expect(screen.getByRole("button", { name: "Import" })).toBeEnabled();
  });

  it("takes a file", async () => {
    const { session, user } = await openImport();
    const file = new File([JSON.stringify({ schema: 1, name: "From a file" })], "scenario.json", {
      type: "application/json",
    });
    await user.upload(screen.getByLabelText("Scenario or story file"), file);
    await waitFor(() => expect(session.scenario.getState().scenario.name).toBe("From a file"));
  });

  it("does not read a film", async () => {
    const { session, user } = await openImport();
    const film = new File(["x"], "film.json", { type: "application/json" });
    Object.defineProperty(film, "size", { value: 900_000_000 });
    await user.upload(screen.getByLabelText("Scenario or story file"), film);
    expect(
      await screen.findByText("film.json has 900 MB. A scenario or a story has a few KB."),
    ).toBeInTheDocument();
    expect(session.importText).not.toHaveBeenCalled();
  });
});
