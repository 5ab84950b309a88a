import { lazy, Suspense, useState } from "react";
import { isOwnStory } from "../../scenario/known-presets";
import type { Story } from "../../scenario/stories/story";
import { writtenStory } from "../../scenario/stories/written-story";
import type { OwnStories } from "../../store/own-stories";
import { Button } from "../controls/Button";
import { downloadText, fileName } from "../controls/download";
import { ChevronDown, Pencil, Trash2 } from "../controls/icons";
import { Menu, MenuItem, MenuSeparator } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { Check, FileDown, FileJson, Link2 } from "../controls/more-icons";
import { Image } from "../controls/story-icons";
import { copiedText, isFilePage, noLinkText } from "../shell/link-words";
import { useSession } from "../shell/session-context";

import type { ExportKind } from "./export/export-story";

const CopyLinkDialog = lazy(async () => ({
  default: (await import("../controls/CopyLinkDialog")).CopyLinkDialog,
}));
const ExportDialog = lazy(() => import("./export/ExportDialog"));

interface StoryMenuProps {
  readonly own: OwnStories;
  readonly story: Story;
  /** Of the step that is shown. */
  readonly place: number;
}

type Copied = "no" | "too-long" | { readonly link: string };

/** What can be done with a story as a whole: handed on, taken into documents, made one's own. */
export function StoryMenu({ own, story, place }: StoryMenuProps) {
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const [copied, setCopied] = useState<Copied>("no");
  const [linkToCopy, setLinkToCopy] = useState<string | null>(null);
  const [exporting, setExporting] = useState<ExportKind | null>(null);

  async function copyLink() {
    const link = await session.shareLink();
    if (link === null || (isOwnStory(story.id) && !link.includes("#story="))) return setCopied("too-long");
    try {
      await navigator.clipboard.writeText(link);
      setCopied({ link });
    } catch {
      // Without permission, or on an address that is not secure: the reader copies it by hand.
      setLinkToCopy(link);
      setOpen(false);
    }
  }

  function saveFile() {
    const text = `${JSON.stringify(writtenStory(story), null, 2)}\n`;
    downloadText(fileName(story.title, ".story.json"), "application/json", text);
  }

  return (
    <>
      <Menu
        isOpen={isOpen}
        onOpenChange={(next) => {
          setCopied("no");
          setOpen(next);
        }}
        trigger={(props) => (
          <Button {...props}>
            Story
            <ChevronDown size={14} aria-hidden />
          </Button>
        )}
      >
        <MenuItem keepsOpen disabled={isFilePage()} onSelect={() => void copyLink()}>
          {typeof copied === "object" ? <Check size={15} aria-hidden /> : <Link2 size={15} aria-hidden />}
          <span className={menu.text}>
            Copy link to this step
            <span className={menu.note} role="status">
              {copyNote(copied, isOwnStory(story.id))}
            </span>
          </span>
        </MenuItem>
        <MenuItem onSelect={saveFile}>
          <FileJson size={15} aria-hidden />
          Story file
          <span className={menu.key}>JSON</span>
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => setExporting("app")}>
          <FileDown size={15} aria-hidden />
          <span className={menu.text}>
            Page with the app inside
            <span className={menu.note}>One file that opens without a network</span>
          </span>
          <span className={menu.key}>HTML</span>
        </MenuItem>
        <MenuItem onSelect={() => setExporting("page")}>
          <FileDown size={15} aria-hidden />
          <span className={menu.text}>
            Page with pictures
            <span className={menu.note}>To read, print or send</span>
          </span>
          <span className={menu.key}>HTML</span>
        </MenuItem>
        <MenuItem onSelect={() => setExporting("markdown")}>
          <FileDown size={15} aria-hidden />
          <span className={menu.text}>
            Design document
            <span className={menu.note}>Markdown and its pictures</span>
          </span>
          <span className={menu.key}>ZIP</span>
        </MenuItem>
        <MenuItem onSelect={() => setExporting("picture")}>
          <Image size={15} aria-hidden />
          Picture of this step
          <span className={menu.key}>PNG</span>
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => void own.copy(story, place)}>
          <Pencil size={15} aria-hidden />
          <span className={menu.text}>
            {isOwnStory(story.id) && story.isReceived !== true ? "Make a copy" : "Make it your own"}
            <span className={menu.note}>A copy to change, among your stories</span>
          </span>
        </MenuItem>
        {own.find(story.id) !== undefined && (
          <MenuItem onSelect={() => void own.remove(story.id)}>
            <Trash2 size={15} aria-hidden />
            <span className={menu.text}>
              Remove this story
              <span className={menu.note}>The scenario on the page stays</span>
            </span>
          </MenuItem>
        )}
      </Menu>
      <Suspense fallback={null}>
        {linkToCopy !== null && (
          <CopyLinkDialog label="Link to this step" link={linkToCopy} onClose={() => setLinkToCopy(null)} />
        )}
        {exporting !== null && (
          <ExportDialog story={story} place={place} kind={exporting} onClose={() => setExporting(null)} />
        )}
      </Suspense>
    </>
  );
}

function copyNote(copied: Copied, isOwn: boolean): string {
  if (isFilePage()) return noLinkText("the story file");
  if (copied === "too-long") return "Too long for a link: share the story file instead";
  if (typeof copied === "object") return copiedText(copied.link, "the story file");
  return isOwn ? "With the whole story in it" : "Opens to the same numbers anywhere";
}
