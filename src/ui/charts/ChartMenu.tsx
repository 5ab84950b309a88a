import { Download, Ellipsis, FileSpreadsheet, Table2, ZoomIn, ZoomOut } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import menu from "../controls/Menu.module.css";
import styles from "./ChartCard.module.css";

interface ChartMenuProps {
  readonly title: string;
  readonly isTable: boolean;
  readonly onTable: () => void;
  readonly onCsv: () => void;
  /** Absent where there is nothing to draw. */
  readonly onPng?: (() => void) | undefined;
  /** Absent in charts without a time axis. */
  readonly zoom?:
    | { readonly in: () => void; readonly out: () => void; readonly canZoomOut: boolean }
    | undefined;
}

/** What can be done with a chart. */
export function ChartMenu({ title, isTable, onTable, onCsv, onPng, zoom }: ChartMenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={styles.menuButton} aria-label={`Menu of the chart: ${title}`}>
        <Ellipsis size={16} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menu.content} align="end" sideOffset={4}>
          <DropdownMenu.Item className={menu.item} onSelect={onPng} disabled={onPng === undefined}>
            <Download size={15} aria-hidden />
            Download as PNG
          </DropdownMenu.Item>
          <DropdownMenu.Item className={menu.item} onSelect={onCsv}>
            <FileSpreadsheet size={15} aria-hidden />
            Download as CSV
          </DropdownMenu.Item>
          <DropdownMenu.Item className={menu.item} onSelect={onTable}>
            <Table2 size={15} aria-hidden />
            {isTable ? "Show as chart" : "Show as table"}
          </DropdownMenu.Item>
          {zoom !== undefined && (
            <>
              <DropdownMenu.Separator className={menu.separator} />
              <DropdownMenu.Item className={menu.item} onSelect={zoom.in}>
                <ZoomIn size={15} aria-hidden />
                Zoom in
                <kbd className={menu.key}>+</kbd>
              </DropdownMenu.Item>
              <DropdownMenu.Item className={menu.item} onSelect={zoom.out} disabled={!zoom.canZoomOut}>
                <ZoomOut size={15} aria-hidden />
                Show the whole run
                <kbd className={menu.key}>0</kbd>
              </DropdownMenu.Item>
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
