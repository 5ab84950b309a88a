import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { FleetState } from "../../analysis/system-state";
import { heatColours, useColours, useHeatStops } from "../shell/heat-colours";
import { cellGrid, cellsOf } from "./cell-grid";
import { CELL_COLOURS, type CellLook, drawCells } from "./draw-cells";
import styles from "./SystemPicture.module.css";

const SHADES = 32;

function useLook(): CellLook {
  const stops = useHeatStops();
  const colours = useColours(CELL_COLOURS);
  return useMemo(() => {
    const [ink = "", edge = "", dead = "", slow = "", surface = ""] = colours.split(" ");
    const shades = heatColours(stops, SHADES).map((colour) => `rgb(${colour.join(" ")})`);
    const { fontFamily } = getComputedStyle(document.body);
    return { shades, ink, edge, dead, slow, surface, fontFamily };
  }, [stops, colours]);
}

/** A fleet's dynos as cells. A drawing, so that ten thousand cost no more than one; its part says it in words. */
export function DynoCells({ fleet }: { readonly fleet: FleetState }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useRef({ width: 0, height: 0 });
  const look = useLook();
  const draw = () => {
    const { width, height } = size.current;
    const pen = canvas.current?.getContext("2d");
    if (!canvas.current || !pen || width === 0) return;
    const scale = window.devicePixelRatio;
    const pixels = Math.round(width * scale);
    // A canvas that is given a size is laid out anew, even where it has that size.
    if (canvas.current.width !== pixels) canvas.current.width = pixels;
    if (canvas.current.height !== Math.round(height * scale))
      canvas.current.height = Math.round(height * scale);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    const grid = cellGrid(fleet.dynos.length, width, height);
    drawCells(pen, cellsOf(fleet, grid), grid, look);
  };
  const latest = useRef(draw);
  useLayoutEffect(() => {
    latest.current = draw;
    draw();
  });
  useEffect(() => {
    if (canvas.current === null) return;
    const observer = new ResizeObserver((entries) => {
      size.current = entries.at(-1)?.contentRect ?? size.current;
      latest.current();
    });
    observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);
  return <canvas className={styles.cells} ref={canvas} />;
}
