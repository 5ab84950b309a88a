import { Fragment, type ReactNode } from "react";

/** What stands between marks: **strong**, *stressed*, `code`. */
const MARKED = /(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/;

function marked(part: string): ReactNode {
  if (part.startsWith("**")) return <strong>{part.slice(2, -2)}</strong>;
  if (part.startsWith("*")) return <em>{part.slice(1, -1)}</em>;
  if (part.startsWith("`")) return <code>{part.slice(1, -1)}</code>;
  return part;
}

/** Plain text with Markdown's basics: paragraphs, strong, stressed, code. Everything else, HTML above all, is text. */
export function StoryText({ text }: { readonly text: string }) {
  return text.split(/\n{2,}/).map((paragraph, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no other name
    <p key={place}>
      {paragraph.split(MARKED).map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nor have their parts
        <Fragment key={at}>{marked(part)}</Fragment>
      ))}
    </p>
  ));
}
