import { describe, expect, it } from "vitest";
import { lineAsMarkdown, textAsMarkdown } from "../../../src/ui/stories/export/markdown-escapes";

describe("a story's text in Markdown", () => {
  it("keeps strong, stressed and code", () => {
    const text = "One **two** and *three*.\n\nThen `four`.";
    expect(textAsMarkdown(text)).toBe(text);
  });

  it.each([
    ["[here](javascript:alert)", "\\[here\\](javascript:alert)"],
    ["![x](y)", "\\!\\[x\\](y)"],
    ["Stop! Now", "Stop! Now"],
    ["2 * 3 ** 4 ` 5", "2 \\* 3 \\*\\* 4 \\` 5"],
    ["_soft_ and ~~gone~~", "\\_soft\\_ and \\~\\~gone\\~\\~"],
    ["https://example.com/a_b", "https://example.com/a_b"],
    ["a | b", "a \\| b"],
    ["C:\\new", "C:\\\\new"],
    ["<b>bold</b> & more", "&lt;b>bold&lt;/b> &amp; more"],
    ["**a [b] c**", "**a \\[b\\] c**"],
    ["*a_ <b*", "*a\\_ &lt;b*"],
  ])("has no other mark: %s", (text, markdown) => {
    expect(textAsMarkdown(text)).toBe(markdown);
  });

  it.each([
    ["# no heading", "\\# no heading"],
    ["> no quotation", "\\> no quotation"],
    ["- no item", "\\- no item"],
    ["+ no item", "\\+ no item"],
    ["* no item", "\\* no item"],
    ["1. no item", "1\\. no item"],
    ["12) no item", "12\\) no item"],
    ["=====", "\\====="],
    ["-----", "\\-----"],
    ["1.25 s, -3 and +4", "1.25 s, -3 and +4"],
  ])("begins no line with a mark: %s", (text, markdown) => {
    expect(textAsMarkdown(text)).toBe(markdown);
    expect(textAsMarkdown(`Before:\r\n    ${text}  \r\nafter`)).toBe(`Before:\n${markdown}\nafter`);
  });

  it("leaves code as it is, in one line", () => {
    expect(textAsMarkdown("`a_b[0] | <c> & \\d`")).toBe("`a_b[0] | <c> & \\d`");
    expect(textAsMarkdown("`one\n# two`")).toBe("`one # two`");
  });
});

describe("a line in Markdown", () => {
  it("has no mark at all, and stays one line", () => {
    expect(lineAsMarkdown("**One**\n`two` C#")).toBe("\\*\\*One\\*\\* \\`two\\` C\\#");
  });

  it("stays in its cell: backslashes before bars end none", () => {
    expect(lineAsMarkdown("a\\|b|")).toBe("a\\\\\\|b\\|");
  });
});
