import { type CSSProperties, memo } from "react";
import type { ChartView, TimeModel } from "../chart-types";
import { instancesModel } from "../models/instances-model";
import { TimeChart } from "../TimeChart";
import type { PlotBelow } from "../TimePlot";
import { AlarmBands } from "./AlarmBands";
import { bandsHeight } from "./bands-height";
import { DecisionPanel } from "./DecisionPanel";

function alarmsOf({ bands = [], cut }: TimeModel): PlotBelow {
  return { height: bandsHeight(bands.length), content: <AlarmBands bands={bands} window={cut.window} /> };
}

/** How many instances there are over time, with the alarms of their autoscalers under it, and what these decided. */
export const InstancesChart = memo(function InstancesChart({ view }: { readonly view: ChartView }) {
  const { scaling } = view.summary;
  const below = bandsHeight(scaling.reduce((count, { alarms }) => count + alarms.length, 0));
  return (
    <div style={{ "--chart-below": `${below}px` } as CSSProperties}>
      <TimeChart view={view} build={instancesModel} {...(below > 0 ? { below: alarmsOf } : {})} />
      {scaling.length > 0 && <DecisionPanel summary={view.summary} />}
    </div>
  );
});
