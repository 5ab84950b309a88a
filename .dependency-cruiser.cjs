/**
 * Who may import whom. `npm run imports` checks it; a failure prints the rule's comment.
 * @type {import("dependency-cruiser").IConfiguration}
 */

/** A folder of src may import itself, the folders named here, and the npm packages named here: nothing else. */
const folders = {
  base: { folders: [], packages: [], reason: "base knows no word of the domain, so it stands on nothing." },
  scenario: {
    folders: ["base"],
    packages: ["valibot"],
    reason:
      "A scenario is data that the page, the command line, links and tests all read: it knows none of them.",
  },
  share: {
    folders: ["base", "scenario"],
    packages: [],
    reason: "A link holds a scenario and never a result, so it needs only to know scenarios.",
  },
  engine: {
    folders: ["base", "scenario"],
    packages: [],
    reason:
      "The engine gives the same bits in a worker, in Node and in a test: it gets its scenario, its clock and its chance from its caller, and nothing from a host or a library.",
  },
  analysis: {
    folders: ["base", "scenario", "engine"],
    packages: [],
    reason: "Statistics are pure functions of records, run in workers and in Node alike.",
  },
  study: {
    folders: ["base", "scenario", "engine", "analysis"],
    packages: [],
    reason:
      "A study says which runs it wants and reads their records: whoever simulates them (workers, this thread, other machines) is handed in.",
  },
  workers: {
    folders: ["base", "scenario", "engine", "analysis", "study"],
    packages: ["comlink"],
    reason: "A worker has no page: what it imports is loaded once more for each worker.",
  },
  store: {
    folders: ["base", "scenario", "share", "analysis", "study"],
    packages: ["zustand", "zundo"],
    reason:
      "State outlives any view of it and is tested without one; it gets its simulation client from main.tsx.",
  },
  ui: {
    folders: ["base", "scenario", "share", "analysis", "study", "store"],
    packages: ["react", "react-dom", "@fontsource-variable", "fflate", "papaparse", "recharts", "zustand"],
    reason:
      "The page shows results and never computes them: an engine import would run the simulation on the main thread and weigh down the first load.",
  },
};

const group = (names) => `(${names.join("|")})`;

const folderRules = Object.entries(folders).flatMap(([name, allowed]) => [
  {
    name: `${name}-imports-folders`,
    comment: `src/${name} may import from src: ${[name, ...allowed.folders].join(", ")}. ${allowed.reason}`,
    severity: "error",
    from: { path: `^src/${name}/` },
    to: {
      path: "^(src|tests)/",
      pathNot: [`^src/${group([name, ...allowed.folders])}/`, ...(name === "store" ? ["^src/workers/"] : [])],
    },
  },
  {
    name: `${name}-imports-packages`,
    comment: `src/${name} may import these packages: ${allowed.packages.join(", ") || "none"}. ${allowed.reason}`,
    severity: "error",
    from: { path: `^src/${name}/` },
    to: {
      path: "node_modules/",
      ...(allowed.packages.length > 0 ? { pathNot: `node_modules/${group(allowed.packages)}/` } : {}),
    },
  },
]);

module.exports = {
  forbidden: [
    ...folderRules,
    {
      name: "store-knows-worker-types-only",
      comment:
        "The store may know the workers' protocol as types, and nothing more: it is tested with a client that runs in the test itself.",
      severity: "error",
      from: { path: "^src/store/" },
      to: { path: "^src/workers/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "store-knows-protocol-only",
      comment:
        "Of the workers, the store may know src/workers/protocol: how runs are spread over threads is not its business.",
      severity: "error",
      from: { path: "^src/store/" },
      to: { path: "^src/workers/", pathNot: "^src/workers/protocol\\.ts$" },
    },
    {
      name: "store-without-react",
      comment:
        "The store is vanilla (zustand/vanilla): hooks live in src/ui/shell, so that state is tested without React.",
      severity: "error",
      from: { path: "^src/store/" },
      to: { path: "node_modules/zustand/(esm/)?(index|react|traditional|shallow)\\." },
    },
    {
      name: "feature-without-feature",
      comment:
        "A folder of src/ui that is a feature never imports another: what two features share lives in ui/shell, ui/controls or ui/charts.",
      severity: "error",
      from: { path: "^src/ui/([^/]+)/", pathNot: "^src/ui/shell/" },
      to: { path: "^src/ui/[^/]+/", pathNot: "^src/ui/(shell|controls|charts|$1)/" },
    },
    {
      name: "recharts-in-charts",
      comment:
        "Only src/ui/charts imports Recharts: it is the largest library here and is loaded after the controls.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ui/charts/" },
      to: { path: "node_modules/recharts/" },
    },
    {
      name: "csv-in-recording",
      comment:
        "Only src/ui/scenario/recording imports Papa Parse: it comes with the dialog that asks for a file.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ui/scenario/recording/" },
      to: { path: "node_modules/papaparse/" },
    },
    {
      name: "charts-without-store",
      comment: "Charts draw what their props say: so they can be tested, and drawn twice for a comparison.",
      severity: "error",
      from: { path: "^src/ui/charts/" },
      to: { path: "^src/store/" },
    },
    {
      name: "charts-loaded-late",
      comment:
        "Outside src/ui/charts, charts are imported as types or by a dynamic import: a static import would put Recharts into the first load.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ui/charts/" },
      to: { path: "^src/ui/charts/", dependencyTypesNot: ["type-only", "dynamic-import"] },
    },
    {
      name: "wiring-in-main",
      comment: "Only src/main.tsx brings store, workers and ui together; nothing imports it.",
      severity: "error",
      from: { path: "^(src|tests)/" },
      to: { path: "^src/main\\.tsx$" },
    },
    {
      name: "command-line-without-page",
      comment: "The command line runs where there is no page: it imports neither ui nor store nor workers.",
      severity: "error",
      from: { path: "^src/cli/" },
      to: { path: "^src/(ui|store|workers)/" },
    },
    {
      name: "nothing-imports-command-line",
      comment: "What the command line and the page share lives in a folder of its own.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/cli/" },
      to: { path: "^src/cli/" },
    },
    {
      name: "bootstrap-before-install",
      comment:
        "start, test and the installer run before anything is installed: they import Node's own modules at the top, and packages only by a dynamic import once they are there.",
      severity: "error",
      from: { path: "^src/cli/.*\\.mjs$" },
      to: { path: "node_modules/", dependencyTypesNot: ["dynamic-import", "type-only"] },
    },
    {
      name: "node-in-command-line",
      comment: "Node's own modules are for src/cli: all else also runs in a browser.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/cli/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "source-without-tests",
      comment: "The product never imports its tests or what supports them.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^tests/" },
    },
    {
      name: "no-cycles",
      comment: "Files that import each other in a circle can only be understood, tested and loaded together.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "A file that imports nothing and that nothing imports is dead, or forgotten.",
      severity: "error",
      from: { orphan: true, pathNot: ["\\.d\\.ts$", "(^|/)vite\\.config\\.ts$"] },
      to: {},
    },
    {
      name: "no-unresolvable",
      comment: "An import that resolves to nothing fails at run time.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-undeclared-packages",
      comment: "A package that package.json does not name is there by luck, and gone with the next update.",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Type imports count: they are how a folder gets to know another.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "browser", "default", "types"],
    },
  },
};
