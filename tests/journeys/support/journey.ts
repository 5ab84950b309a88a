import { test as base } from "@playwright/test";

export { expect } from "@playwright/test";

interface JourneyFixtures {
  /** What was wrong on the page that no journey asked about; a journey may take out what it provokes itself. */
  complaints: string[];
}

/**
 * A journey: a Playwright test that also fails when a page logs an error, throws one unhandled, or asks another host
 * for anything, whether from the page or from one of its workers.
 */
export const test = base.extend<JourneyFixtures>({
  complaints: [
    async ({ context, baseURL }, use) => {
      const complaints: string[] = [];
      const own = new URL(baseURL ?? "").origin;
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
      await use(complaints);
      base.expect(complaints, "errors and foreign requests during the journey").toEqual([]);
    },
    { auto: true },
  ],
});
