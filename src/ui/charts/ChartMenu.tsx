import type { MenuState } from "../controls/FetchedMenu";
import { Menu, MenuItem, MenuSeparator } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { Download, FileSpreadsheet, Table2, ZoomIn, ZoomOut } from "../controls/more-icons";
import { ChartMenuButton } from "./ChartMenuButton";

export interface ChartMenuProps {
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
export function ChartMenu(props: ChartMenuProps & MenuState) {
  const { title, isTable, onTable, onCsv, onPng, zoom, isOpen, onOpenChange } = props;
  return (
    <Menu
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      trigger={(trigger) => <ChartMenuButton title={title} {...trigger} />}
    >
      <MenuItem onSelect={() => onPng?.()} disabled={onPng === undefined}>
        <Download size={15} aria-hidden />
        Download as PNG
      </MenuItem>
      <MenuItem onSelect={onCsv}>
        <FileSpreadsheet size={15} aria-hidden />
        Download as CSV
      </MenuItem>
      <MenuItem onSelect={onTable}>
        <Table2 size={15} aria-hidden />
        {isTable ? "Show as chart" : "Show as table"}
      </MenuItem>
      {zoom !== undefined && (
        <>
          <MenuSeparator />
          <MenuItem onSelect={zoom.in}>
            <ZoomIn size={15} aria-hidden />
            Zoom in
            <kbd className={menu.key}>+</kbd>
          </MenuItem>
          <MenuItem onSelect={zoom.out} disabled={!zoom.canZoomOut}>
            <ZoomOut size={15} aria-hidden />
            Show the whole run
            <kbd className={menu.key}>0</kbd>
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
