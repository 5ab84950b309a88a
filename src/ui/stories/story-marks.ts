/** What a part of a paragraph is. */
export type Mark = "plain" | "strong" | "stressed" | "code";

/** A part of a paragraph, without its marks. */
export interface MarkedPart {
  readonly mark: Mark;
  readonly words: string;
}

/** What stands between marks: **strong**, *stressed*, `code`. */
const MARKED = /(\*\*[^\s*](?:[^*]*[^\s*])?\*\*|\*[^\s*](?:[^*]*[^\s*])?\*|`[^`]+`)/;
/** Paragraphs stand apart by a blank line, wherever it was written. */
const BETWEEN_PARAGRAPHS = /\r?\n(?:[ \t]*\r?\n)+/;

/** A text as paragraphs of marked parts: Markdown's basics and nothing more. */
export function markedParagraphs(text: string): readonly (readonly MarkedPart[])[] {
  return text
    .trim()
    .split(BETWEEN_PARAGRAPHS)
    .map((paragraph) =>
      paragraph
        .trim()
        .split(MARKED)
        .map((part, place) => markedPart(part, place % 2 === 1)),
    );
}

/** @param isMarked whether the part stands between marks, which are then left out */
function markedPart(part: string, isMarked: boolean): MarkedPart {
  if (!isMarked) return { mark: "plain", words: part };
  if (part.startsWith("**")) return { mark: "strong", words: part.slice(2, -2) };
  return { mark: part.startsWith("*") ? "stressed" : "code", words: part.slice(1, -1) };
}
