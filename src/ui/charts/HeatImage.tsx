import { useId, useMemo } from "react";
import { usePlotArea, useXAxisScale, useYAxisInverseScale, useYAxisScale } from "recharts";
import { heatShades, useHeatStops } from "../shell/heat-colours";
import { heatImage, imageLines } from "./heat-image";
import type { HeatModel } from "./models/heat-types";

/** The cells of a heat map as an image that fills its part of the plot. Stands inside a Recharts chart. */
export function HeatImage({ model }: { readonly model: HeatModel }) {
  const area = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  const valueAt = useYAxisInverseScale();
  const stops = useHeatStops();
  const clip = useId();
  const shades = useMemo(() => heatShades(stops), [stops]);
  const height = area === undefined ? 0 : Math.round(area.height);
  const top = area?.y ?? 0;
  const address = useMemo(() => {
    if (valueAt === undefined || height <= 0) return null;
    const lines = imageLines(model, height, (line) => Number(valueAt(top + line)));
    return heatImage(model, lines, shades);
  }, [model, shades, valueAt, height, top]);

  const { x, widthS } = model.cut;
  const first = x[0];
  const last = x[x.length - 1];
  if (address === null || area === undefined || xScale === undefined || yScale === undefined) return null;
  if (first === undefined || last === undefined) return null;
  const left = xScale(first - widthS / 2) ?? area.x;
  const right = xScale(last + widthS / 2) ?? area.x + area.width;
  const isShrunk = model.axis.kind === "rows" && model.rows > height;
  return (
    <g>
      <clipPath id={clip}>
        <rect x={area.x} y={area.y} width={area.width} height={area.height} />
      </clipPath>
      <image
        href={address}
        x={left}
        y={area.y}
        width={right - left}
        height={area.height}
        preserveAspectRatio="none"
        imageRendering={isShrunk ? "auto" : "pixelated"}
        clipPath={`url(#${clip})`}
      />
    </g>
  );
}
