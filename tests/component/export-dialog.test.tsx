import { screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { HEROKU_POOLING } from "../../src/scenario/stories/heroku-pooling";
import * as download from "../../src/ui/controls/download";
import ExportDialog from "../../src/ui/stories/export/ExportDialog";
import type { ExportKind } from "../../src/ui/stories/export/export-story";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";

beforeAll(fillInMissing);
beforeEach(() => {
  vi.spyOn(download, "download").mockImplementation(() => undefined);
  vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response("<!-- address -->"));
});
afterEach(() => {
  vi.restoreAllMocks();
});

function open(kind: ExportKind) {
  return renderWithSession(
    <ExportDialog story={HEROKU_POOLING} place={0} kind={kind} onClose={() => undefined} />,
    { live: { status: "paused" } },
  );
}

it.each(["page", "markdown", "picture"] as const)(
  "a %s needs runs, so that a live run must be stopped first",
  async (kind) => {
    const { session } = open(kind);
    expect(await screen.findByRole("alert")).toHaveTextContent("Stop the live run to export.");
    expect(session.simulateAside).not.toHaveBeenCalled();
    expect(screen.queryByRole("progressbar")).not.toBeInTheDocument();
  },
);

it("the app is handed on as it is, while a live run is on too", async () => {
  open("app");
  expect(await screen.findByText(/^Saved as connection-pooling-on-heroku\.html/)).toBeInTheDocument();
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});
