import { lazy, type ReactNode, type RefObject, Suspense, useId, useState } from "react";
import { download } from "../controls/download";
import { FetchedMenu } from "../controls/FetchedMenu";
import { ZoomOut } from "../controls/more-icons";
import styles from "./ChartCard.module.css";
import type { ChartMenuProps } from "./ChartMenu";
import { ChartMenuButton } from "./ChartMenuButton";
import { ChartReading } from "./ChartReading";
import { offerPicture } from "./chart-pictures";
import type { ChartTable } from "./chart-table";
import type { PictureKey } from "./export-png";
import table from "./TableTwin.module.css";

/** What few readers open: see docs/decisions/what-loads-first.md. */
const fetchChartMenu = async () => (await import("./ChartMenu")).ChartMenu;
const TableTwin = lazy(async () => ({ default: (await import("./TableTwin")).TableTwin }));

interface ChartCardProps {
  readonly id: string;
  readonly title: string;
  readonly reading: string;
  /** Why there is nothing to draw; null where there is something. */
  readonly empty: string | null;
  readonly legend: ReactNode;
  /** The legend, for the picture. */
  readonly pictureKeys: readonly PictureKey[];
  /** Made when it is asked for. */
  readonly table: () => ChartTable | Promise<ChartTable>;
  readonly at?: ((timeS: number) => string) | undefined;
  /** A choice that stands in the header. */
  readonly choice?: ReactNode;
  readonly zoom?: { readonly in: () => void; readonly out: () => void; readonly canZoomOut: boolean };
  readonly plot: RefObject<Element | null>;
  readonly children: ReactNode;
}

/** A chart with all that stands around it: title, reading, legend, menu, and the table in its place. */
export function ChartCard(props: ChartCardProps) {
  const { id, title, reading, empty, legend, pictureKeys, at, choice, zoom, plot, children } = props;
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isTable, setIsTable] = useState(false);
  const titleId = useId();

  async function makePicture() {
    const svg = plot.current?.querySelector("svg.recharts-surface, svg[data-picture]");
    if (!(svg instanceof SVGSVGElement)) return null;
    const { exportPng } = await import("./export-png");
    return exportPng({ svg, title, reading, keys: pictureKeys });
  }

  async function savePng() {
    const picture = await makePicture();
    if (picture !== null) download(`headroom-${id}.png`, picture);
  }

  async function saveCsv() {
    const [{ tableCsv }, content] = await Promise.all([import("./chart-table"), props.table()]);
    download(`headroom-${id}.csv`, new Blob([tableCsv(content)], { type: "text/csv" }));
  }

  return (
    <figure
      className={styles.card}
      aria-labelledby={titleId}
      data-chart={id}
      ref={(figure) => offerPicture(figure, makePicture)}
    >
      <figcaption className={styles.caption}>
        <div className={styles.header}>
          <h3 className={styles.title} id={titleId} title={title}>
            {title}
          </h3>
          {choice}
          {zoom?.canZoomOut === true && (
            <button
              type="button"
              className={styles.menuButton}
              aria-label="Show the whole run"
              title="Show the whole run"
              onClick={zoom.out}
            >
              <ZoomOut size={16} aria-hidden />
            </button>
          )}
          <FetchedMenu<ChartMenuProps>
            fetch={fetchChartMenu}
            button={(button) => <ChartMenuButton {...button} title={title} />}
            isOpen={isMenuOpen}
            onOpenChange={setMenuOpen}
            more={{
              title,
              isTable,
              onTable: () => setIsTable(!isTable),
              onCsv: () => void saveCsv(),
              onPng: empty === null && !isTable ? () => void savePng() : undefined,
              zoom: empty === null && !isTable ? zoom : undefined,
            }}
          />
        </div>
        <ChartReading chart={id} reading={reading} at={empty === null ? (at ?? null) : null} />
      </figcaption>
      {legend}
      {isTable && (
        <Suspense fallback={<div className={table.frame} />}>
          <TableTwin title={title} table={props.table} />
        </Suspense>
      )}
      {!isTable && empty !== null && <p className={styles.empty}>{empty}</p>}
      {!isTable && empty === null && children}
    </figure>
  );
}
