import { lazy, Suspense, useState } from "react";
import { resultsJson, scenarioJson, seriesCsv } from "../../store/exports";
import { downloadText, fileName } from "../controls/download";
import type { MenuState } from "../controls/FetchedMenu";
import { Menu, MenuItem, MenuSeparator } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { Check, FileDown, FileJson, FileUp, Link2, Table2 } from "../controls/more-icons";
import { useRun, useSession } from "../shell/session-context";
import { ShareButton } from "./ShareButton";
import { StoryItems } from "./StoryItems";

// Dialogs come when they are asked for: see docs/decisions/what-loads-first.md.
const CopyLinkDialog = lazy(async () => ({ default: (await import("./CopyLinkDialog")).CopyLinkDialog }));
const ImportDialog = lazy(async () => ({ default: (await import("./ImportDialog")).ImportDialog }));

type Copied = "no" | "readable" | "compact" | "too-large";

const COPIED_NOTES: Readonly<Record<Copied, string>> = {
  no: "Opens to the same numbers anywhere",
  readable: "Copied",
  "too-large": "Its recorded requests are too many for a link: export the scenario instead",
  compact: "Copied in the compact form, as the readable one is too long to send safely",
};

/** Links, files in and files out. */
export function ShareMenu({ isOpen, onOpenChange }: MenuState) {
  const session = useSession();
  const hasResult = useRun((state) => state.summary !== null);
  const [copied, setCopied] = useState<Copied>("no");
  const [isImporting, setImporting] = useState(false);
  const [linkToCopy, setLinkToCopy] = useState<string | null>(null);

  async function copyLink() {
    const link = await session.shareLink();
    if (link === null) {
      setCopied("too-large");
      return;
    }
    try {
      await navigator.clipboard.writeText(link);
      setCopied(link.includes("#s=") ? "compact" : "readable");
    } catch {
      // Without permission, or on an address that is not secure: the reader copies it by hand.
      setLinkToCopy(link);
      onOpenChange(false);
    }
  }

  function change(next: boolean) {
    if (next) setCopied("no");
    onOpenChange(next);
  }

  function downloadScenario() {
    const scenario = session.toShare();
    downloadText(fileName(scenario.name, ".json"), "application/json", scenarioJson(scenario));
  }

  function downloadResult(kind: "json" | "csv") {
    const { summary } = session.run.getState();
    if (summary === null) return;
    const { name } = summary.figures.scenario;
    if (kind === "json")
      downloadText(fileName(name, "results.json"), "application/json", resultsJson(summary));
    else downloadText(fileName(name, "series.csv"), "text/csv", seriesCsv(summary));
  }

  return (
    <>
      <Menu isOpen={isOpen} onOpenChange={change} trigger={(props) => <ShareButton {...props} />}>
        <MenuItem keepsOpen onSelect={() => void copyLink()}>
          {copied === "no" || copied === "too-large" ? (
            <Link2 size={15} aria-hidden />
          ) : (
            <Check size={15} aria-hidden />
          )}
          <span className={menu.text}>
            Copy link
            <span className={menu.note} role="status">
              {COPIED_NOTES[copied]}
            </span>
          </span>
        </MenuItem>
        <StoryItems />
        <MenuSeparator />
        <MenuItem onSelect={downloadScenario}>
          <FileDown size={15} aria-hidden />
          Export scenario
          <span className={menu.key}>JSON</span>
        </MenuItem>
        <MenuItem onSelect={() => setImporting(true)}>
          <FileUp size={15} aria-hidden />
          Import scenario or story
          <span className={menu.key}>JSON</span>
        </MenuItem>
        <MenuSeparator />
        <MenuItem disabled={!hasResult} onSelect={() => downloadResult("json")}>
          <FileJson size={15} aria-hidden />
          Export results
          <span className={menu.key}>JSON</span>
        </MenuItem>
        <MenuItem disabled={!hasResult} onSelect={() => downloadResult("csv")}>
          <Table2 size={15} aria-hidden />
          Export series over time
          <span className={menu.key}>CSV</span>
        </MenuItem>
      </Menu>
      <Suspense fallback={null}>
        {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
        {linkToCopy !== null && <CopyLinkDialog link={linkToCopy} onClose={() => setLinkToCopy(null)} />}
      </Suspense>
    </>
  );
}
