import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled, PROJECT } from "./install.mjs";

const HOST = "127.0.0.1";
const PREFERRED_PORT = 4173;

const USAGE = `Usage: npm start -- [--port NUMBER] [--no-open]

Installs what is missing, builds the page if its sources changed, serves it on this machine only, and opens a browser
where there is a display.

  --port NUMBER  the port to use; also the environment variable PORT (without: ${PREFERRED_PORT}, or the next free one)
  --no-open      open no browser`;

/** The command line's options; ends the process with status 2 where they make no sense. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string" },
        "no-open": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const text = values.port ?? (process.env.PORT || undefined);
    const port = text === undefined ? undefined : Number(text);
    if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65535)) {
      throw new Error(`the port is "${text}", but must be a whole number from 1 to 65535`);
    }
    return { port, open: !values["no-open"] };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

/**
 * Opens the address in the user's browser where there is a display. The page is served either way, so a failure
 * is passed over: the address has been printed.
 * @param {string} address
 */
function openBrowser(address) {
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", address]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", address]
        : hasDisplay
          ? ["xdg-open", address]
          : [];
  if (command === undefined) return;
  const opener = spawn(command, args, { stdio: "ignore", detached: true });
  opener.on("error", () => undefined);
  opener.unref();
}

const { port, open } = readOptions();
ensureInstalled();
await ensureBuilt({ quiet: true });

const { preview } = await import("vite");
const server = await preview({
  root: PROJECT,
  // An unknown path is an error, and not the page once more.
  appType: "mpa",
  logLevel: "warn",
  preview: { host: HOST, port: port ?? PREFERRED_PORT, strictPort: port !== undefined, open: false },
}).catch((error) => {
  console.error(`Headroom could not be served: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});

const bound = server.httpServer.address();
const address = `http://${HOST}:${bound !== null && typeof bound === "object" ? bound.port : port}/`;
console.log(`Headroom is at ${address} (Ctrl+C to stop)`);
if (open) openBrowser(address);

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => process.exit(0));
}
