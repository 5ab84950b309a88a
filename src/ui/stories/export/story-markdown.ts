import { lineAsMarkdown, textAsMarkdown } from "./markdown-escapes";
import type { ToldClaim, ToldStep, ToldStory } from "./told-step";

/** A story as Markdown, with its pictures beside it in `pictures/`. A step's text keeps the marks that the page knows; all else that readers wrote is text. */
export function storyMarkdown({ story, steps }: ToldStory): string {
  const parts = [
    `# ${lineAsMarkdown(story.title)}`,
    lineAsMarkdown(story.lesson),
    ...steps.map(stepMarkdown),
    `${story.source === "" ? "" : `Source: ${lineAsMarkdown(story.source)}. `}Simulated with Headroom; ± is half of a 95 % interval.`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function stepMarkdown({ step, changes, figures, claims, pictures, link }: ToldStep): string {
  const parts = [
    `## ${lineAsMarkdown(step.label)} · ${lineAsMarkdown(step.title)}`,
    textAsMarkdown(step.text),
    lineAsMarkdown(step.caution ?? ""),
    changes.map((change) => `- ${lineAsMarkdown(change)}`).join("\n"),
    figures.length === 0 ? "" : table(["", ""], figures),
    step.isLong === true ? "This step takes minutes, so it was not simulated for this document." : "",
    ...pictures.map(({ name, alternative }) => `![${lineAsMarkdown(alternative)}](pictures/${name}.png)`),
    claims.length === 0 ? "" : table(["Claim", "Agrees if", "Simulation", "Verdict"], claims.map(claimRow)),
    link === null ? "" : `[Open this step in Headroom](${inBrackets(link)})`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function claimRow({ status, text: claim, bound, value, verdict, why }: ToldClaim): readonly string[] {
  return [`${status}: ${claim}${why === null ? "" : ` ${why}`}`, bound, value, verdict];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map(lineAsMarkdown).join(" | ")} |`;
  return [row(head), `|${" --- |".repeat(head.length)}`, ...rows.map(row)].join("\n");
}

/** An address that may stand between round brackets. */
function inBrackets(address: string): string {
  return address.replaceAll("(", "%28").replaceAll(")", "%29");
}
