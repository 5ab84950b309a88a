import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import type { ReplicationRecord } from "../../../src/engine";
import type { SizedScenario } from "../../../src/scenario/sizes";
import type { WorkerApi, WorkerReport } from "../../../src/workers/worker-api";

/** Modules that the page does not load by itself, by the name under which journeys let it. */
const MODULES = {
  "journey-comlink.mjs": "../../../node_modules/comlink/dist/esm/comlink.mjs",
  "journey-record-digests.mjs": "./record-digests.mjs",
};

/**
 * Runs one replication of each scenario in a worker of the page's own script, as the build has it, and digests its record there.
 * @param page opened, so that its workers have started
 * @returns for each scenario the digests of its record's fields
 */
export async function digestsInBrowser(
  page: Page,
  runs: readonly { readonly sized: SizedScenario; readonly replication: number }[],
): Promise<Record<string, string>[]> {
  for (const [name, file] of Object.entries(MODULES)) {
    await page.route(`**/${name}`, (route) =>
      route.fulfill({
        path: fileURLToPath(new URL(file, import.meta.url)),
        contentType: "text/javascript",
      }),
    );
  }
  const script = page.workers()[0]?.url();
  if (script === undefined) throw new Error("The page has started no worker");
  return page.evaluate(
    async ({ runs: planned, script: worker, modules: [comlinkName, digestsName] }) => {
      const address = (name = ""): string => new URL(name, document.baseURI).href;
      const comlink = (await import(address(comlinkName))) as typeof import("comlink");
      const { recordDigests } = (await import(address(digestsName))) as typeof import("./record-digests.mjs");
      const service = comlink.wrap<WorkerApi<ReplicationRecord>>(new Worker(worker, { type: "module" }));
      let heard: (report: WorkerReport<ReplicationRecord>) => void = () => undefined;
      await service.connect(comlink.proxy((report: WorkerReport<ReplicationRecord>) => heard(report)));
      const digests: Record<string, string>[] = [];
      for (const [runId, { sized, replication }] of planned.entries()) {
        const record = new Promise<ReplicationRecord>((resolve, reject) => {
          heard = (report) => {
            if (report.kind !== "record") reject(new Error(JSON.stringify(report)));
            else if (report.runId === runId && report.isFinal) resolve(report.record);
          };
        });
        await service.begin(runId, sized);
        await service.simulate(runId, replication);
        digests.push(await recordDigests(await record));
      }
      return digests;
    },
    { runs, script, modules: Object.keys(MODULES) },
  );
}
