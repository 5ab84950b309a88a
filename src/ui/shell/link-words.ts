import { COMFORTABLE_LINK_LENGTH } from "../../share/link";

/** Whether the page is one file that somebody opened: its address leads nowhere for others. */
export function isFilePage(): boolean {
  return window.location.protocol === "file:";
}

/** Why such a page has no link to copy, and what to hand on. @param instead beside the file itself: "the story file" */
export function noLinkText(instead: string): string {
  return `This page is a file: hand on the file, or ${instead}`;
}

/** Said once a link was copied. @param safer what to hand on where it is a long one: "the story file" */
export function copiedText(link: string, safer: string): string {
  if (link.length <= COMFORTABLE_LINK_LENGTH) return "Copied";
  return `Copied. It has ${link.length.toLocaleString("en-US")} characters, which some chat tools cut: ${safer} is safer.`;
}
