import { createContext, useContext } from "react";
import type { LatencyScale, TimeWindow } from "./chart-types";
import { type CursorStore, createCursorStore } from "./cursor-store";

/** What charts tell the grid that they stand in. None of it changes while the grid is there. */
export interface ChartActions {
  readonly cursor: CursorStore;
  toggleSeries(key: string): void;
  setLatencyScale(scale: LatencyScale): void;
  /** null: the whole run. */
  zoom(window: TimeWindow | null): void;
}

const nothing = () => {};

/** Given by ChartGrid. */
export const ChartContext = createContext<ChartActions>({
  cursor: createCursorStore(),
  toggleSeries: nothing,
  setLatencyScale: nothing,
  zoom: nothing,
});

/** What the surrounding grid offers to a chart. */
export function useChartActions(): ChartActions {
  return useContext(ChartContext);
}
