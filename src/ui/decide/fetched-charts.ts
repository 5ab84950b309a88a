import { fetched } from "../shell/fetched";

/** The charts of answers, each in a file of its own. */
export const xyChart = fetched(() => import("../charts/XyChart"));
export const gridChart = fetched(() => import("../charts/GridChart"));
export const tornadoChart = fetched(() => import("../charts/TornadoChart"));
