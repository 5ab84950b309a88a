import { type Page, test } from "@playwright/test";

/** Long tasks of the main thread from now on, each in milliseconds; read when it is over. */
export async function watchLongTasks(page: Page): Promise<() => Promise<readonly number[]>> {
  const durations = await page.evaluateHandle(() => {
    const seen: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.push(Math.round(entry.duration));
    });
    observer.observe({ type: "longtask" });
    return seen;
  });
  return () => durations.jsonValue();
}

/** Measured and told, not asserted: how long a task takes is the machine's matter as well. @param when as in "while dragging" */
export function tellLongTasks(when: string, tasks: readonly number[]): void {
  const told =
    tasks.length === 0
      ? "none"
      : `${tasks.length}, the longest ${Math.max(...tasks)} ms (${tasks.join(", ")})`;
  test.info().annotations.push({ type: `long tasks ${when}`, description: told });
  process.stdout.write(`     Main-thread tasks over 50 ms ${when}: ${told}\n`);
}
