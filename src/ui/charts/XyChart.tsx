import { useMemo, useRef } from "react";
import { useWidth } from "../controls/use-width";
import { ChartCard } from "./ChartCard";
import legend from "./ChartLegend.module.css";
import type { PictureKey } from "./export-png";
import { cardPlotWidth } from "./plot-geometry";
import { Swatch } from "./Swatch";
import styles from "./Xy.module.css";
import { XyPlot } from "./XyPlot";
import { xyTable } from "./xy-table";
import type { XyLine, XyModel } from "./xy-types";

/** How a line of each look is drawn in a legend. */
function lookOf({ look }: XyLine): "line" | "thin" {
  return look === "bound" ? "thin" : "line";
}

/** Lines over a number, with what stands around a chart: legend, menu, table, picture. */
export default function XyChart({ model }: { readonly model: XyModel }) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(element);
  const keys = useMemo<readonly PictureKey[]>(
    () => model.lines.map(({ label, color, dash }) => ({ kind: "line", label, color, dash })),
    [model],
  );
  return (
    <div className={styles.place} ref={element} data-free-height data-narrow={width < 480 || undefined}>
      {width > 0 && (
        <ChartCard
          id={model.id}
          title={model.title}
          reading={model.reading}
          empty={model.empty}
          legend={
            <ul className={[legend.legend, styles.legend].join(" ")} aria-label="Lines">
              {model.lines.map((line) => (
                <li key={line.key} className={legend.note}>
                  {line.look === "dots" ? (
                    <svg className={styles.dotKey} width={10} height={10} aria-hidden="true">
                      <circle cx={5} cy={5} r={3} fill={line.color} />
                    </svg>
                  ) : (
                    <Swatch color={line.color} look={lookOf(line)} dash={line.dash} />
                  )}
                  {line.label}
                </li>
              ))}
            </ul>
          }
          pictureKeys={keys}
          table={() => xyTable(model)}
          plot={plot}
        >
          <XyPlot model={model} width={cardPlotWidth(width)} plot={plot} />
        </ChartCard>
      )}
    </div>
  );
}
