import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../../base/format";
import { spanText } from "../../../base/run-time";
import type { Curve, Workload } from "../../../scenario/types";
import { Button } from "../../controls/Button";
import { Menu, MenuItem, MenuSeparator } from "../../controls/Menu";
import menu from "../../controls/Menu.module.css";
import { CURVE_SHAPES, type CurveShape } from "./curve-shapes";

interface ShapeMenuProps {
  readonly workload: Workload;
  readonly durationS: number;
  /** `lengthS`: how long the run is to be with it; null: as it is. */
  readonly onChoose: (curve: Curve, lengthS: number | null) => void;
}

/** How many requests an open workload sends in a run with this curve: the area under it. */
function requestsText(workload: Workload, curve: Curve): string {
  if (workload.kind !== "open") return "";
  const area = curve.reduce((sum, [atS, factor], position) => {
    const [beforeS, before] = curve[position - 1] ?? [atS, factor];
    return sum + ((atS - beforeS) * (before + factor)) / 2;
  }, 0);
  return `, about ${formatCount(Number((area * workload.requestsPerSecond).toPrecision(2)))} requests`;
}

/** Curves to begin from; a day and a week in their own length, or squeezed into the run as it is. */
export function ShapeMenu({ workload, durationS, onChoose }: ShapeMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const fitting = CURVE_SHAPES.filter(({ lengthS }) => lengthS === null || lengthS === durationS);
  const longer = CURVE_SHAPES.filter((shape) => !fitting.includes(shape));

  const item = (shape: CurveShape, lengthS: number | null, title: string, meaning: string) => (
    <MenuItem key={title} onSelect={() => onChoose(shape.curve(lengthS ?? durationS), lengthS)}>
      <span className={menu.text}>
        <span className={menu.title}>{title}</span>
        <span className={menu.note}>{meaning}</span>
      </span>
    </MenuItem>
  );

  return (
    <Menu
      align="start"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={(props) => (
        <Button {...props}>
          Shapes
          <ChevronDown size={14} aria-hidden />
        </Button>
      )}
    >
      {fitting.map((shape) => item(shape, null, shape.title, shape.meaning))}
      {longer.length > 0 && <MenuSeparator />}
      {longer.map((shape) => {
        const lengthS = shape.lengthS ?? durationS;
        const sum = requestsText(workload, shape.curve(lengthS));
        return item(
          shape,
          lengthS,
          `${shape.title} in a run of ${spanText(lengthS)}`,
          `${shape.meaning}. Makes the run that long${sum} in each replication`,
        );
      })}
      {longer.map((shape) =>
        item(
          shape,
          null,
          `${shape.title} squeezed into ${spanText(durationS)}`,
          "The run stays as long as it is",
        ),
      )}
    </Menu>
  );
}
