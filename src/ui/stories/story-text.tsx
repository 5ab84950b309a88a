import { Fragment } from "react";
import { type Mark, markedParagraphs } from "./story-marks";

const ELEMENTS = {
  plain: Fragment,
  strong: "strong",
  stressed: "em",
  code: "code",
} as const satisfies Readonly<Record<Mark, unknown>>;

/** Plain text with Markdown's basics: paragraphs, strong, stressed, code. Everything else, HTML above all, is text. */
export function StoryText({ text }: { readonly text: string }) {
  return markedParagraphs(text).map((paragraph, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no other name
    <p key={place}>
      {paragraph.map(({ mark, words }, at) => {
        const Element = ELEMENTS[mark];
        // biome-ignore lint/suspicious/noArrayIndexKey: nor have their parts
        return <Element key={at}>{words}</Element>;
      })}
    </p>
  ));
}
