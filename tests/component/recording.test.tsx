import { screen, within } from "@testing-library/react";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../src/scenario/defaults";
import { readScenario } from "../../src/scenario/read-scenario";
import { ControlsPanel } from "../../src/ui/scenario/ControlsPanel";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";

beforeAll(fillInMissing);

function csv(text: string, name = "requests.csv"): File {
  return new File([text], name, { type: "text/csv" });
}

function renderControls(scenario = DEFAULT_SCENARIO) {
  const view = renderWithSession(<ControlsPanel />, { scenario });
  const workload = () => view.session.scenario.getState().scenario.workloads[0];
  return { ...view, workload };
}

describe("replaying recorded requests", () => {
  async function openDialog() {
    const view = renderControls();
    await view.user.click(screen.getByRole("radio", { name: "Replay" }));
    const dialog = await screen.findByRole("dialog", { name: "Replay recorded requests" });
    const upload = (file: File) => view.user.upload(within(dialog).getByLabelText("File of values"), file);
    return { ...view, dialog: within(dialog), upload };
  }

  it("changes nothing until a file was imported", async () => {
    const { user, workload, dialog } = await openDialog();
    await user.click(dialog.getByRole("button", { name: "Cancel" }));
    expect(workload()).toEqual(DEFAULT_SCENARIO.workloads[0]);
    expect(screen.getByRole("radio", { name: "Clients" })).toBeChecked();
  });

  it("shows how the first lines are read, names those it leaves out, and takes the rest", async () => {
    const { user, workload, dialog, upload, session } = await openDialog();
    await upload(csv("at_ms,query_ms,wait_ms\n100,500,20\n250,oops,20\n300,510,30\n"));
    await dialog.findByText("requests.csv, 3 lines of values");
    const rows = within(dialog.getByRole("table", { name: "How the first lines are read" })).getAllByRole(
      "row",
    );
    expect(rows.map((row) => row.textContent)).toEqual([
      "AtStep 1, queryStep 2, waiting",
      "0 ms500 ms20 ms",
      "200 ms510 ms30 ms",
    ]);
    expect(dialog.getByRole("status")).toHaveTextContent(
      "2 requests over 0.2 s.One line is left out:Line 3: The duration in “query_ms” is “oops”.",
    );
    await user.click(dialog.getByRole("button", { name: "Import" }));
    expect(workload()).toMatchObject({
      name: "hey",
      kind: "replay",
      endpoint: "page",
      requests: [
        [0, [500, 20]],
        [200, [510, 30]],
      ],
    });
    expect(session.edit).toHaveBeenCalledOnce();
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
    expect(await screen.findByText(/2 requests of page over 0.2 s, 10 a second/)).toBeInTheDocument();
  });

  it("lets columns and units be chosen", async () => {
    const { user, workload, dialog, upload } = await openDialog();
    await upload(csv("id,wait,query,when\n7,0.02,0.5,10\n8,0.03,0.6,11\n"));
    await user.selectOptions(await dialog.findByRole("combobox", { name: "Column of the time" }), "when");
    await user.selectOptions(dialog.getByRole("combobox", { name: "How times are written" }), "in seconds");
    await user.selectOptions(dialog.getByRole("combobox", { name: "Column of step 1, query" }), "query");
    await user.selectOptions(dialog.getByRole("combobox", { name: "Column of step 2, waiting" }), "wait");
    await user.selectOptions(
      dialog.getByRole("combobox", { name: "How durations are written" }),
      "in seconds",
    );
    await user.click(dialog.getByRole("button", { name: "Import" }));
    expect(workload()).toMatchObject({
      requests: [
        [0, [500, 20]],
        [1000, [600, 30]],
      ],
    });
  });

  it("says what is wrong with a file that holds no values", async () => {
    const { dialog, upload } = await openDialog();
    await upload(csv("nothing here", "notes.txt"));
    expect(await dialog.findByRole("alert")).toHaveTextContent("notes.txt has no lines with several values.");
  });
});

describe("a measured curve of traffic", () => {
  it("takes the place of the rate, says how much of it a run sees, and can be removed", async () => {
    const { scenario } = readScenario({ schema: 1, workloads: [{ name: "site", kind: "open" }] });
    const { user, workload } = renderControls(scenario);
    expect(screen.getByRole("slider", { name: "Requests per second" })).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Client behaviour" }));
    await user.click(await screen.findByRole("button", { name: "Import a CSV file" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Import a measured curve" }));
    await user.upload(dialog.getByLabelText("File of values"), csv("time_s,rate\n0,75\n3600,260\n7200,12\n"));
    expect(await dialog.findByRole("status")).toHaveTextContent(
      "3 points over 2 h, from 12 to 260 requests a second.",
    );
    await user.click(dialog.getByRole("button", { name: "Import" }));
    expect(workload()).toMatchObject({
      kind: "open",
      trace: [
        [0, 75],
        [3600, 260],
        [7200, 12],
      ],
    });
    expect(screen.queryByRole("slider", { name: "Requests per second" })).not.toBeInTheDocument();
    expect(
      await screen.findAllByText("The run is 45 s long and sees that much of it from the start"),
    ).toHaveLength(2);
    await user.click(screen.getByRole("button", { name: "Remove the curve" }));
    expect(workload()).not.toHaveProperty("trace");
    expect(screen.getByRole("slider", { name: "Requests per second" })).toBeInTheDocument();
  });
});
