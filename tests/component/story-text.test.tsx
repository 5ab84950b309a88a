import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { StoryText } from "../../src/ui/stories/story-text";

const htmlOf = (text: string): string => render(<StoryText text={text} />).container.innerHTML;

describe("a story's text", () => {
  it("knows paragraphs, strong, stressed and code", () => {
    expect(htmlOf("One **two** and *three*.\n\nThen `four`.")).toBe(
      "<p>One <strong>two</strong> and <em>three</em>.</p><p>Then <code>four</code>.</p>",
    );
  });

  it("begins a paragraph after a blank line, whatever wrote it", () => {
    expect(htmlOf("One\r\n\r\ntwo\n \t\nthree\r\n**four**")).toBe(
      "<p>One</p><p>two</p><p>three\r\n<strong>four</strong></p>",
    );
  });

  it.each([
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "**<b onclick=alert(1)>bold</b>**",
    "`<iframe src=javascript:alert(1)>`",
    "[link](javascript:alert(1))",
    "&lt;svg onload=alert(1)&gt;",
  ])("can't bring markup of its own: %s", (text) => {
    const { container } = render(<StoryText text={text} />);
    expect([...container.querySelectorAll("*")].map(({ tagName }) => tagName.toLowerCase())).toEqual(
      expect.not.arrayContaining(["img", "script", "b", "iframe", "a", "svg"]),
    );
    expect(container.textContent).toBe(text.replace(/^\*\*(.*)\*\*$/, "$1").replace(/^`(.*)`$/, "$1"));
  });

  it("leaves marks that are not closed as they are", () => {
    expect(htmlOf("2 * 3 ** 4 ` 5")).toBe("<p>2 * 3 ** 4 ` 5</p>");
  });
});
