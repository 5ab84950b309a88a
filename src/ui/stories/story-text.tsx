import { Fragment, type ReactNode } from "react";

/** What stands between marks: **strong**, *stressed*, `code`. */
const MARKED = /(\*\*[^\s*](?:[^*]*[^\s*])?\*\*|\*[^\s*](?:[^*]*[^\s*])?\*|`[^`]+`)/;

/** @param isMarked whether the part stands between marks, which are then left out */
function marked(part: string, isMarked: boolean): ReactNode {
  if (!isMarked) return part;
  if (part.startsWith("**")) return <strong>{part.slice(2, -2)}</strong>;
  return part.startsWith("*") ? <em>{part.slice(1, -1)}</em> : <code>{part.slice(1, -1)}</code>;
}

/** Plain text with Markdown's basics: paragraphs, strong, stressed, code. Everything else, HTML above all, is text. */
export function StoryText({ text }: { readonly text: string }) {
  return text.split(/\n{2,}/).map((paragraph, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no other name
    <p key={place}>
      {paragraph.split(MARKED).map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nor have their parts
        <Fragment key={at}>{marked(part, at % 2 === 1)}</Fragment>
      ))}
    </p>
  ));
}
