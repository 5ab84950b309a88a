import { describe, expect, it } from "vitest";
import { createStagger } from "../../../src/ui/charts/stagger";

async function afterTasks(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("stagger", () => {
  it("runs each owner's newest job, in the order in which they first asked", async () => {
    const stagger = createStagger();
    const [one, other] = [{}, {}];
    const done: string[] = [];
    stagger.schedule(one, () => done.push("one, old"));
    stagger.schedule(other, () => done.push("other"));
    stagger.schedule(one, () => done.push("one, new"));
    await afterTasks();
    expect(done).toEqual(["one, new", "other"]);
  });

  it("runs each job in a task of its own", async () => {
    const stagger = createStagger();
    const order: string[] = [];
    const job = (name: string) => () => {
      order.push(name);
      queueMicrotask(() => order.push(`after ${name}`));
    };
    stagger.schedule({}, job("one"));
    stagger.schedule({}, job("other"));
    await afterTasks();
    expect(order).toEqual(["one", "after one", "other", "after other"]);
  });

  it("drops a cancelled job and goes on", async () => {
    const stagger = createStagger();
    const gone = {};
    const done: string[] = [];
    stagger.schedule(gone, () => done.push("cancelled"));
    stagger.schedule({}, () => done.push("kept"));
    stagger.cancel(gone);
    await afterTasks();
    expect(done).toEqual(["kept"]);
  });
});
