import { lazy, Suspense, useState } from "react";
import { COMFORTABLE_LINK_LENGTH } from "../../share/link";
import { resultsJson, scenarioJson, seriesCsv } from "../../store/exports";
import { downloadText, fileName } from "../controls/download";
import type { MenuState } from "../controls/FetchedMenu";
import { Menu, MenuItem, MenuSeparator } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { Check, FileDown, FileJson, FileUp, Link2, Table2 } from "../controls/more-icons";
import { copiedText, isFilePage, noLinkText } from "../shell/link-words";
import { useRun, useSession } from "../shell/session-context";
import { ShareButton } from "./ShareButton";
import { StoryItems } from "./StoryItems";

// Dialogs come when they are asked for: see docs/decisions/what-loads-first.md.
const CopyLinkDialog = lazy(async () => ({
  default: (await import("../controls/CopyLinkDialog")).CopyLinkDialog,
}));
const ImportDialog = lazy(async () => ({ default: (await import("./ImportDialog")).ImportDialog }));

type Copied = "no" | "too-large" | { readonly link: string };

function copyNote(copied: Copied): string {
  if (isFilePage()) return noLinkText("export the scenario");
  if (copied === "no") return "Opens to the same numbers anywhere";
  if (copied === "too-large")
    return "Its recorded requests are too many for a link: export the scenario instead";
  const { link } = copied;
  if (link.includes("#s=") && link.length <= COMFORTABLE_LINK_LENGTH)
    return "Copied in the compact form, as the readable one is too long to send safely";
  return copiedText(link, link.includes("#story=") ? "the story file" : "the scenario's file");
}

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
      setCopied({ link });
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
        <MenuItem keepsOpen disabled={isFilePage()} onSelect={() => void copyLink()}>
          {typeof copied === "object" ? <Check size={15} aria-hidden /> : <Link2 size={15} aria-hidden />}
          <span className={menu.text}>
            Copy link
            <span className={menu.note} role="status">
              {copyNote(copied)}
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
        {linkToCopy !== null && (
          <CopyLinkDialog
            label="Link to this scenario"
            link={linkToCopy}
            onClose={() => setLinkToCopy(null)}
          />
        )}
      </Suspense>
    </>
  );
}
