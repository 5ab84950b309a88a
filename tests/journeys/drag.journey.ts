import { expect, test } from "./support/journey";
import { tellLongTasks, watchLongTasks } from "./support/long-tasks";
import {
  chartWith,
  drawing,
  enter,
  expectSettled,
  figure,
  figureValue,
  numberField,
  openPage,
  slider,
  verdict,
} from "./support/page-parts";

const STEPS = 48;

test("figures and charts follow a slider while it is dragged; letting go makes it precise, and one step", async ({
  page,
}) => {
  await openPage(page);
  const sent = drawing(chartWith(page, "sent"));
  await expect(sent).toBeVisible();
  const thumb = await slider(page, "Clients").boundingBox();
  if (thumb === null) throw new Error("the slider has no place on the page");
  const [x, y] = [thumb.x + thumb.width / 2, thumb.y + thumb.height / 2];
  const figures = new Set<string | null>();
  const drawings = new Set<string>();
  const clients = new Set<string>();

  const longTasks = await watchLongTasks(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= STEPS; step += 1) {
    await page.mouse.move(x + (step / STEPS) * 60, y);
    clients.add(await numberField(page, "Clients").inputValue());
    if (step % 6 === 0) {
      figures.add(await figureValue(page, "Throughput").textContent());
      drawings.add(await sent.innerHTML());
    }
  }
  await expect(verdict(page)).toContainText("Preview of 2 replications");
  await page.mouse.up();
  await expectSettled(page);
  const tasks = await longTasks();

  expect(clients.size, "values passed over").toBeGreaterThan(10);
  expect(figures.size, "throughputs shown while dragging").toBeGreaterThan(3);
  expect(drawings.size, "drawings of the chart while dragging").toBeGreaterThan(3);
  await expect(figure(page, "Throughput")).toContainText(/± [\d.]+\/s/);
  await expect(verdict(page)).toContainText("Clients now");

  await expect(numberField(page, "Clients")).not.toHaveValue("200");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(numberField(page, "Clients")).toHaveValue("200");
  await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();

  await test.step("a double click goes back to the default", async () => {
    await enter(page, "Clients", "60");
    await slider(page, "Clients").dblclick();
    await expect(numberField(page, "Clients")).toHaveValue("200");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(numberField(page, "Clients")).toHaveValue("60");
  });

  tellLongTasks("while dragging", tasks);
});
