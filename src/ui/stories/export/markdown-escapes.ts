import { type MarkedPart, markedParagraphs } from "../story-marks";

/** What Markdown would take for a mark wherever it stands. An underscore inside a word is none, and would spoil addresses. */
const MARKS = /[\\`*[\]|~]|!(?=\[)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|#$/gu;
/** What it would take for a heading, a quotation, an item of a list, a line, or a table, at a line's beginning. */
const AT_BEGINNING = /^(?:[#>]|[-+](?=\s|$)|[-=](?=[-= \t]*$)|:(?=-)|\d+(?=[.)](?:\s|$)))/gm;

/** Words as Markdown that shows them as they are: nothing in them is a mark. Line breaks stay. */
function escaped(words: string): string {
  return words
    .replace(MARKS, "\\$&")
    .replace(AT_BEGINNING, (found) => (/^\d/.test(found) ? `${found}\\` : `\\${found}`))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;");
}

/** Plain words as one line of Markdown, which may stand in a table's cell. */
export function lineAsMarkdown(words: string): string {
  return escaped(words.replace(/\s+/g, " ").trim());
}

/** A story's text as Markdown: what the page shows as strong, stressed and code is that, and everything else is text. */
export function textAsMarkdown(text: string): string {
  return markedParagraphs(text)
    .map((paragraph) => paragraph.map(partAsMarkdown).join(""))
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

function partAsMarkdown({ mark, words }: MarkedPart): string {
  // In code nothing is escaped, so that no line of it may begin with a mark.
  if (mark === "code") return `\`${words.replace(/\s*[\r\n]\s*/g, " ")}\``;
  // Spaces at a line's beginning or end would mean something.
  const text = escaped(words.replace(/\s*[\r\n]\s*/g, "\n"));
  if (mark === "strong") return `**${text}**`;
  return mark === "stressed" ? `*${text}*` : text;
}
