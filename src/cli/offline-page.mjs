import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { PROJECT } from "./install.mjs";

/** Where the page reads what it opens on; an exported page has its address here. */
export const ADDRESS_PLACE = "<!-- address -->";

/**
 * What the page that is one file may do: run what stands in it, and nothing else. It can reach no network at all.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  "style-src 'unsafe-inline'",
  "font-src data:",
  "img-src data: blob:",
  "connect-src data:",
  "worker-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** @param {string} text what stands inside a script must not end it */
const insideScript = (text) => text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");

/**
 * The whole page as one file that opens without a network, for stories that are handed on: dist/offline.html.
 * @param {typeof import("vite").build} build
 */
export async function buildOfflinePage(build) {
  const folder = mkdtempSync(join(tmpdir(), "headroom-offline-"));
  try {
    await build({
      root: PROJECT,
      logLevel: "warn",
      mode: "offline",
      build: {
        outDir: folder,
        emptyOutDir: true,
        copyPublicDir: false,
        manifest: false,
        cssCodeSplit: false,
        assetsInlineLimit: Number.MAX_SAFE_INTEGER,
        chunkSizeWarningLimit: 10_000,
      },
    });
    writeFileSync(join(PROJECT, "dist", "offline.html"), inOneFile(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder with the built page and its files */
function inOneFile(folder) {
  /** @param {string} address */
  const read = (address) => readFileSync(join(folder, "assets", basename(address)), "utf8");
  /** @param {string} css its fonts are files of their own, since the page asks for them early */
  const withFonts = (css) =>
    css.replace(/url\((?!["']?data:)["']?([^)"']+\.woff2)["']?\)/g, (_, address) => {
      const font = readFileSync(join(folder, "assets", basename(address)));
      return `url(data:font/woff2;base64,${font.toString("base64")})`;
    });
  const theme = readFileSync(join(PROJECT, "public", "theme.js"), "utf8");
  const icon = readFileSync(join(PROJECT, "public", "icon.svg"));
  let script = "";
  const page = readFileSync(join(folder, "index.html"), "utf8")
    .replace(
      /<meta http-equiv="Content-Security-Policy"[^>]*>/,
      () => `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    )
    .replace(
      /<script[^>]*src="[^"]*theme\.js"[^>]*><\/script>/,
      () => `<script>${insideScript(theme)}</script>${ADDRESS_PLACE}`,
    )
    .replace(/<link[^>]*rel="(?:preload|modulepreload|manifest)"[^>]*>\s*/g, "")
    .replace(
      /<link[^>]*rel="icon"[^>]*>/,
      () => `<link rel="icon" href="data:image/svg+xml;base64,${icon.toString("base64")}">`,
    )
    .replace(
      /<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"[^>]*>/g,
      (_, address) => `<style>${withFonts(read(address))}</style>`,
    )
    .replace(/<script[^>]*type="module"[^>]*src="([^"]+)"[^>]*><\/script>/, (_, address) => {
      script = `<script type="module">${insideScript(read(address))}</script>`;
      return "";
    })
    .replace("</body>", () => `${script}</body>`);
  const left = /(?:src|href)="(?!data:|#)[^"]+"/.exec(page.replace(/<script[\s\S]*?<\/script>/g, ""));
  if (left !== null) throw new Error(`The page that is one file still asks for another: ${left[0]}`);
  return page;
}
