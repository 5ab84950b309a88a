import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "./support/journey";
import { openPage } from "./support/page-parts";

interface OtherHost {
  readonly address: string;
  readonly requests: string[];
  readonly server: Server;
}

/** Another host on this machine, which answers everybody and writes down who asked. */
async function startOtherHost(): Promise<OtherHost> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/javascript" });
    response.end("globalThis.fromElsewhere = true;");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, server };
}

test("the page runs and asks for nothing but its own files", async ({ page, complaints }) => {
  const other = await startOtherHost();
  try {
    expect((await fetch(`${other.address}/reachable`)).ok).toBe(true);
    await openPage(page);
    const violations = await page.evaluateHandle(() => {
      const seen: string[] = [];
      document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
      return seen;
    });

    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.injected = true;";
      document.head.append(script);
      document.body.insertAdjacentHTML(
        "beforeend",
        '<p id="bait" onclick="globalThis.injected = true">bait</p>',
      );
      document.getElementById("bait")?.click();
      document.getElementById("bait")?.remove();
    });
    await page.evaluate((address) => {
      const script = document.createElement("script");
      script.src = `${address}/script.js`;
      document.head.append(script);
      new Image().src = `${address}/picture.png`;
    }, other.address);
    const answer = await page.evaluate(
      (address) =>
        fetch(`${address}/page`).then(
          () => "answered",
          () => "blocked",
        ),
      other.address,
    );
    expect(answer).toBe("blocked");
    expect(await page.evaluate(() => "injected" in globalThis || "fromElsewhere" in globalThis)).toBe(false);
    expect(new Set(await violations.jsonValue())).toEqual(
      new Set(["script-src-elem", "script-src-attr", "img-src", "connect-src"]),
    );

    const worker = page.workers()[0];
    if (worker === undefined) throw new Error("the page has no worker");
    const answerToWorker = await worker.evaluate(
      (address) =>
        fetch(`${address}/worker`).then(
          () => "answered",
          () => "blocked",
        ),
      other.address,
    );
    expect(answerToWorker).toBe("blocked");

    expect(other.requests).toEqual(["/reachable"]);
    // The attempts are this journey's own, and none of them came through.
    const isOwn = (complaint: string) =>
      complaint.includes("Content Security Policy") || complaint.includes(other.address);
    complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !isOwn(complaint)));
  } finally {
    other.server.close();
  }
});
