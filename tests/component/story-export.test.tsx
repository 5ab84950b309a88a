import { render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { judgeClaim } from "../../src/analysis/claims/judge-claims";
import { stepFigures } from "../../src/analysis/claims/step-figures";
import { ownStory } from "../../src/scenario/stories/own-story";
import { StoryDocument } from "../../src/ui/stories/export/StoryDocument";
import { storyMarkdown } from "../../src/ui/stories/export/story-markdown";
import { type ToldStory, toldClaim } from "../../src/ui/stories/export/told-step";
import { summaryFixture, TURNING_POINT } from "../support/summary-fixture";

const HOSTILE = '<script>alert(1)</script> & <img src=x onerror="alert(2)">';
const summary = summaryFixture();

const CLAIM = {
  id: "throughput",
  status: "derived",
  text: "Ten | twenty a second",
  measured: { metric: "throughput" },
  atLeast: 1,
} as const;

function told(text: string, title = "As it is"): ToldStory {
  const story = ownStory({ id: "my-example", title: HOSTILE, lesson: "One lesson.", source: "" }, [
    { id: "s1", title, text, charts: [], claims: [CLAIM], scenario: TURNING_POINT },
  ]);
  return {
    story,
    steps: story.steps.map((step) => ({
      step,
      changes: ["Dynos 25 → 30"],
      figures: stepFigures(summary),
      claims: [toldClaim(judgeClaim(CLAIM, () => summary))],
      pictures: [{ name: "1-latency", alternative: "Latency", png: new Blob() }],
      link: "https://headroom.example/#from=x",
    })),
  };
}

describe("a story as a page to read", () => {
  it("has what was written as text, and Markdown's marks as what they mean", () => {
    const { container } = render(
      <StoryDocument
        {...told(`**No pooler** ${HOSTILE}`)}
        addresses={new Map([["1-latency", "data:image/png;base64,"]])}
      />,
    );
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(HOSTILE);
    expect(container.querySelector("script, img:not([src^='data:'])")).toBeNull();
    expect(screen.getByText("No pooler")).toHaveProperty("tagName", "STRONG");
  });

  it("tells figures, changes, claims and where to open it", () => {
    render(<StoryDocument {...told("")} addresses={new Map()} />);
    expect(screen.getByText("Dynos 25 → 30")).toBeInTheDocument();
    expect(screen.getByText("throughput").nextElementSibling).toHaveTextContent(/\d\/s/);
    expect(screen.getByRole("row", { name: /twenty a second/ })).toHaveTextContent("agrees");
    expect(screen.getByRole("link")).toHaveAttribute("href", "https://headroom.example/#from=x");
    expect(screen.getByRole("img", { name: "Latency" })).toBeInTheDocument();
  });
});

it("two changes with the same words are both told, without a complaint", () => {
  const complaint = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { story, steps } = told("Text.");
  const twice = steps.map((one) => ({ ...one, changes: ["Endpoint removed", "Endpoint removed"] }));
  render(<StoryDocument story={story} steps={twice} addresses={new Map()} />);
  expect(screen.getAllByText("Endpoint removed")).toHaveLength(2);
  expect(complaint).not.toHaveBeenCalled();
  complaint.mockRestore();
});

describe("a story as Markdown", () => {
  it("keeps the marks and holds no markup, wherever it was written", () => {
    const text = storyMarkdown(told(`**No pooler** ${HOSTILE}`, `One\n${HOSTILE}`));
    expect(text).toContain("**No pooler** &lt;script>");
    expect(text).toContain("## 1 · One &lt;script>");
    expect(text).not.toContain("<");
  });

  it("has its pictures beside it, and tables whose cells stay apart", () => {
    const text = storyMarkdown(told("Text."));
    expect(text).toContain("![Latency](pictures/1-latency.png)");
    expect(text).toMatch(/\| derived: Ten \\\| twenty a second \| at least [^|]+ \| [^|]+ \| agrees \|/);
    expect(text).toContain("- Dynos 25 → 30");
    expect(text).toContain("[Open this step in Headroom](https://headroom.example/#from=x)");
  });

  it("says where a step was not simulated", () => {
    const { story, steps } = told("Text.");
    const long = steps.map((one) => ({
      ...one,
      step: { ...one.step, isLong: true },
      figures: [],
      pictures: [],
      claims: [],
    }));
    expect(storyMarkdown({ story, steps: long })).toContain("takes minutes");
  });
});
