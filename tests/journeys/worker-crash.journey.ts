import { expect, test } from "./support/journey";
import { enter, expectSettled, figureValue, numberField, openPage, verdict } from "./support/page-parts";

const TITLE = "The simulation stopped before it was done.";

test("a worker that runs out of memory is replaced; the page says so and keeps the scenario", async ({
  page,
  complaints,
}) => {
  await openPage(page);
  await enter(page, "Dynos", "30");
  await expectSettled(page);
  const earlier = await figureValue(page, "Throughput").textContent();

  await page.getByRole("radio", { name: "Requests/s" }).click();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await enter(page, "Length", "100000");
  await enter(page, "Requests per second", "50k");
  await expect(page.getByRole("progressbar", { name: "Simulating" })).toBeVisible();

  // Exactly what the browser does where an array can't be had, thrown in the midst of a run.
  await page.workers()[0]?.evaluate(() => {
    setTimeout(() => new ArrayBuffer(Number.MAX_SAFE_INTEGER));
  });
  await expect(verdict(page).getByRole("alert")).toContainText(TITLE);
  await expect(verdict(page).getByRole("alert")).toContainText("Your scenario is kept");
  await expect(page.getByRole("progressbar", { name: "Simulating" })).toHaveCount(0);
  await expect(numberField(page, "Dynos")).toHaveValue("30");
  await expect(numberField(page, "Requests per second")).toHaveValue("50,000");
  await expect(page).toHaveURL(/fleets\.web\.dynos=30/);
  complaints.splice(
    0,
    complaints.length,
    ...complaints.filter((text) => !text.includes("Array buffer allocation")),
  );

  // The rate, the length, and the kind of traffic.
  const undo = page.getByRole("banner").getByRole("button", { name: "Undo" });
  for (let step = 0; step < 3; step += 1) await undo.click();
  await expectSettled(page);
  await expect(figureValue(page, "Throughput")).toHaveText(earlier ?? "");
});

test("a worker's script that can't be had: the page says so, and runs once it can", async ({
  page,
  complaints,
}) => {
  await page.route(/simulation-worker.*\.js/, (route) => route.abort());
  await page.goto("./");
  await expect(verdict(page).getByRole("alert")).toContainText(TITLE);
  await expect(numberField(page, "Dynos")).toHaveValue("25");
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("net::ERR_FAILED")));

  await page.unroute(/simulation-worker.*\.js/);
  await verdict(page).getByRole("button", { name: "Run again" }).click();
  await expectSettled(page);
  await expect(verdict(page)).toContainText("the dynos want more connections than the database gives");
});
