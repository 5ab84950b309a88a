// When each script of the build is loaded, for the size check and the journey that holds it against the real page.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { PROJECT } from "../../src/cli/install.mjs";

export const DIST = join(PROJECT, "dist");

/**
 * What is fetched only when a reader opens it or comes near: menus, folded groups of controls, editors, dialogs, the
 * charts further down, the page about trust. All that is not named here, or needed by something else too, counts as loaded by the opened page itself.
 */
const ON_DEMAND = [
  "src/scenario/presets.ts",
  "src/scenario/stories/aurora-failover.ts",
  "src/scenario/stories/fewer-servers.ts",
  "src/scenario/stories/five-million.ts",
  "src/scenario/stories/heroku-pooling.ts",
  "src/scenario/stories/shelf.ts",
  "src/scenario/stories/starting/heartbeats.ts",
  "src/scenario/stories/starting/node-pool.ts",
  "src/scenario/stories/starting/pool-below-threads.ts",
  "src/scenario/stories/starting/pooler-modes.ts",
  "src/scenario/stories/starting/puma-on-aws.ts",
  "src/scenario/stories/starting/retry-storm-trap.ts",
  "src/scenario/stories/starting/slow-third-parties.ts",
  "src/scenario/stories/starting/small-rails.ts",
  "src/scenario/stories/traffic-spike.ts",
  "src/share/packed.ts",
  "src/store/live-controller.ts",
  "src/store/items.ts",
  "src/store/own-stories.ts",
  "src/study/answer-question.ts",
  "src/study/read-question.ts",
  "src/ui/DecideArea.tsx",
  "src/ui/DecideMenu.tsx",
  "src/ui/ask-question.ts",
  "src/ui/charts/ChartMenu.tsx",
  "src/ui/charts/GridChart.tsx",
  "src/ui/charts/LowerChart.tsx",
  "src/ui/charts/TableTwin.tsx",
  "src/ui/charts/TornadoChart.tsx",
  "src/ui/charts/VariantChart.tsx",
  "src/ui/charts/XyChart.tsx",
  "src/ui/charts/chart-table.ts",
  "src/ui/charts/export-png.ts",
  "src/ui/charts/stages/StageCharts.ts",
  "src/ui/charts/scaling/DecisionLog.tsx",
  "src/ui/charts/scaling/InstancesChart.tsx",
  "src/ui/controls/CopyLinkDialog.tsx",
  "src/ui/decide/views/CapacityView.tsx",
  "src/ui/decide/views/CheapestView.tsx",
  "src/ui/decide/views/CompareView.tsx",
  "src/ui/decide/views/PrecisionView.tsx",
  "src/ui/decide/views/SensitivityView.tsx",
  "src/ui/decide/views/SweepView.tsx",
  "src/ui/live/LivePanel.tsx",
  "src/ui/results/PinnedMenu.tsx",
  "src/ui/scenario/AdvancedGroup.tsx",
  "src/ui/scenario/FindControl.tsx",
  "src/ui/scenario/HardwareFields.tsx",
  "src/ui/scenario/LastChange.tsx",
  "src/ui/scenario/PresetMenu.tsx",
  "src/ui/scenario/ProblemsPanel.tsx",
  "src/ui/scenario/RenameItem.tsx",
  "src/ui/scenario/ReplayControl.tsx",
  "src/ui/scenario/SettingEditor.tsx",
  "src/ui/scenario/TraceSummary.tsx",
  "src/ui/scenario/all-fields.ts",
  "src/ui/scenario/autoscaler/AutoscalerEditor.tsx",
  "src/ui/scenario/autoscaler/policies.ts",
  "src/ui/scenario/profile/ProfileEditor.tsx",
  "src/ui/scenario/profile/ProfileSummary.tsx",
  "src/ui/scenario/recording/RecordingDialog.tsx",
  "src/ui/share/ImportDialog.tsx",
  "src/ui/share/ShareMenu.tsx",
  "src/ui/shell/ShortcutsDialog.tsx",
  "src/ui/shell/ThemeMenu.tsx",
  "src/ui/shell/glossary.ts",
  "src/ui/scenario/changes/changes-between.ts",
  "src/ui/StoryArea.tsx",
  "src/ui/show-part.ts",
  "src/ui/stories/Presenting.tsx",
  "src/ui/stories/StepChart.tsx",

  "src/ui/timeline/EventEditor.tsx",
  "src/ui/timeline/EventList.tsx",
  "src/ui/timeline/Timeline.tsx",
  "src/ui/trust/TrustPage.tsx",
  "src/workers/live-client.ts",
  "src/workers/study-client.ts",
];

/** The same of the workers' code, which has no manifest: what such a file's name begins with. */
const ON_DEMAND_IN_WORKERS = ["assets/live-runner-", "assets/study-runner-", "assets/extras-"];

/** @typedef {"first load" | "by itself" | "on demand"} When */
/**
 * @typedef {{ file: string, isEntry?: boolean, imports?: string[], dynamicImports?: string[] }} Chunk what Vite's
 *   manifest says of a chunk
 */

/**
 * The files of some chunks and of all they lead to.
 * @param {Record<string, Chunk>} manifest
 * @param {readonly string[]} names
 * @param {(chunk: Chunk) => readonly string[]} leadsTo
 */
function filesFrom(manifest, names, leadsTo) {
  /** @type {Set<string>} */
  const files = new Set();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const chunk = manifest[name];
    if (chunk === undefined || files.has(chunk.file)) continue;
    files.add(chunk.file);
    open.push(...leadsTo(chunk));
  }
  return files;
}

/**
 * What the manifest calls a module's chunk: after the module, or, where several parts import from it, after the chunk.
 * Throws where the module has none.
 * @param {Record<string, Chunk>} manifest
 * @param {string} module
 */
function nameIn(manifest, module) {
  if (manifest[module] !== undefined) return module;
  const shared = `_${basename(module).replace(/\.tsx?$/, "")}-`;
  const found = Object.keys(manifest).find((name) => name.startsWith(shared) && name.endsWith(".js"));
  if (found === undefined) throw new Error(`${module} has no file of its own: is it still imported lazily?`);
  return found;
}

/**
 * Every script in dist, and when it is loaded. Throws where the build is not what this file thinks it is.
 * @returns {ReadonlyMap<string, When>}
 */
export function whenLoaded() {
  /** @type {Record<string, Chunk>} */
  const manifest = JSON.parse(readFileSync(join(DIST, ".vite", "manifest.json"), "utf8"));
  const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry);
  if (entries.length === 0) throw new Error("The build's manifest names no entry.");
  const onDemand = ON_DEMAND.map((name) => nameIn(manifest, name));

  const chunks = new Set(Object.values(manifest).map((chunk) => chunk.file));
  const firstLoad = filesFrom(manifest, entries, ({ imports = [] }) => imports);
  const byItself = filesFrom(manifest, entries, ({ imports = [], dynamicImports = [] }) => [
    ...imports,
    ...dynamicImports.filter((name) => !onDemand.includes(name)),
  ]);
  const html = readFileSync(join(DIST, "index.html"), "utf8");
  const scripts = readdirSync(DIST, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.m?js$/.test(path));

  for (const name of ON_DEMAND_IN_WORKERS) {
    if (!scripts.some((script) => script.startsWith(name)))
      throw new Error(`No file is called ${name}…: is it still imported lazily?`);
  }

  return new Map(
    scripts.map((script) => {
      if (ON_DEMAND_IN_WORKERS.some((name) => script.startsWith(name))) return [script, "on demand"];
      // What the page names itself comes first, and so does what the manifest knows nothing of: the workers' code.
      const isFirst = firstLoad.has(script) || html.includes(script) || !chunks.has(script);
      return [script, isFirst ? "first load" : byItself.has(script) ? "by itself" : "on demand"];
    }),
  );
}
