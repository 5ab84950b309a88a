/** A text as the reports write it, in which what stands between backticks is code. */
export function Prose({ text }: { readonly text: string }) {
  return text.split("`").map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text stay in their order
    index % 2 === 1 ? <code key={index}>{part}</code> : part,
  );
}
