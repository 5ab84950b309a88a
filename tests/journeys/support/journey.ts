import { type BrowserContext, test as base, type Page } from "@playwright/test";

export { expect } from "@playwright/test";

interface JourneyFixtures {
  /** What was wrong on the page that no journey asked about; a journey may take out what it provokes itself. */
  complaints: string[];
  /** The page of a second reader, with whom the first shares nothing; watched like the first. */
  otherReader: Page;
}

/** Writes down what must not happen on any page of the context, nor in any of its workers. */
function watch(context: BrowserContext, own: string, complaints: string[]): void {
  context.on("console", (message) => {
    if (message.type() !== "error") return;
    complaints.push(`console error: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => {
    complaints.push(`unhandled error: ${error.error().stack ?? error.error().message}`);
  });
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== own && protocol !== "data:" && protocol !== "blob:") {
      complaints.push(`request to another host: ${request.url()}`);
    }
  });
}

/**
 * A journey: a Playwright test that also fails when a page logs an error, throws one unhandled, or asks another host
 * for anything, whether from the page or from one of its workers.
 */
export const test = base.extend<JourneyFixtures>({
  complaints: [
    async ({ context, baseURL }, use) => {
      const complaints: string[] = [];
      watch(context, new URL(baseURL ?? "").origin, complaints);
      await use(complaints);
      base.expect(complaints, "errors and foreign requests during the journey").toEqual([]);
    },
    { auto: true },
  ],
  otherReader: async ({ browser, contextOptions, baseURL, complaints }, use) => {
    const context = await browser.newContext({
      ...contextOptions,
      ...(baseURL === undefined ? {} : { baseURL }),
    });
    watch(context, new URL(baseURL ?? "").origin, complaints);
    await use(await context.newPage());
    await context.close();
  },
});
