import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/**
 * What the built page may load: its own files and workers, and nothing else.
 * The development server needs inline scripts for hot reloading, so the policy is part of the build only.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Puts the policy first in the head, where it holds for everything that follows. */
function contentSecurityPolicy(): Plugin {
  return {
    name: "headroom:content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY },
        injectTo: "head-prepend",
      },
    ],
  };
}

/**
 * Recharts looks its scales up by name, so a bundler keeps every scale there is, those of calendars with them. The page's
 * axes have these.
 */
function scalesInUse(): Plugin {
  return {
    name: "headroom:scales-in-use",
    apply: "build",
    transform: {
      filter: { id: /victory-vendor[\\/]es[\\/]d3-scale\.js$/ },
      handler: () => 'export { scaleBand, scaleLinear, scaleLog, scalePoint } from "d3-scale";',
    },
  };
}

/** All that the page's entry imports, directly or not, and not only when it is asked for. */
function firstModules(entry: string, importsOf: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [entry];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...importsOf(id));
  }
  return found;
}

interface BundledModules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** One file for all that a part of the page imports; what two of them import is in that of the higher priority. */
function fileOf(name: string, part: string, priority: number) {
  const entry = fileURLToPath(new URL(part, import.meta.url));
  let modules: ReadonlySet<string> | null = null;
  return {
    debugName: name,
    priority,
    name(id: string, bundle: BundledModules): string | null {
      modules ??= firstModules(entry, (of) => bundle.getModuleInfo(of)?.importedIds ?? []);
      return id !== entry && modules.has(id) ? name : null;
    },
  };
}

/**
 * The first load in one file, and the charts in another: what later parts share with them would else be many small ones,
 * which compress worse.
 */
const IN_PARTS = {
  output: {
    codeSplitting: {
      groups: [fileOf("page", "src/main.tsx", 2), fileOf("charts", "src/ui/charts/ChartGrid.tsx", 1)],
    },
  },
};

/** In the page that is one file, workers start from their own script's text instead of from a file. */
const OFFLINE_WORKER = {
  find: "./workers/browser-worker",
  replacement: fileURLToPath(new URL("src/workers/offline-worker.ts", import.meta.url)),
};

/** One file for everything. */
const IN_ONE_FILE = { output: { codeSplitting: false } };

export default defineConfig(({ mode }) => ({
  // Relative addresses: the build works from whatever path it is served at.
  base: "./",
  plugins: [react(), contentSecurityPolicy(), scalesInUse()],
  // The page's own policy does not hold in its workers, whose code arrives as a file of its own: that file's header does.
  preview: { headers: { "Content-Security-Policy": `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'` } },
  // In the build short names: each is sent twice, in the style sheet and in the script.
  css: { modules: { generateScopedName: "[local]_[hash:base64:3]" } },
  // A page that was opened as a file may not start a module from its own text, only a classic script.
  worker: mode === "offline" ? { format: "iife", rolldownOptions: IN_ONE_FILE } : { format: "es" },
  resolve: { alias: mode === "offline" ? [OFFLINE_WORKER] : [] },
  build: {
    target: "es2023",
    // The policy allows no data: fonts, and a file that is cached is better than one repeated in a style sheet.
    assetsInlineLimit: 0,
    // Read by the size check, to know what the page loads at once.
    manifest: true,
    // The size check holds limits on what is sent, compressed; every browser the target names preloads by itself.
    chunkSizeWarningLimit: 1000,
    modulePreload: { polyfill: false },
    rolldownOptions: mode === "offline" ? IN_ONE_FILE : IN_PARTS,
  },
  test: {
    // A busy machine is slow, not wrong: no test is about time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Vitest itself leaves one core free, which is half of a small machine.
    maxWorkers: "100%",
    // The second report is what `npm test` counts.
    reporters: ["default", "json"],
    outputFile: { json: "node_modules/.cache/headroom/unit.json" },
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          environment: "node",
          include: ["tests/{unit,property,theory,golden,validation}/**/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "component",
          environment: "jsdom",
          include: ["tests/component/**/*.test.{ts,tsx}"],
          setupFiles: ["tests/support/component-setup.ts"],
        },
      },
    ],
  },
}));
