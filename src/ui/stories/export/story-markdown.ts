import type { ToldClaim, ToldStep, ToldStory } from "./told-step";

/** A story as Markdown, with its pictures beside it in `pictures/`. What readers wrote keeps Markdown's marks, and no markup. */
export function storyMarkdown({ story, steps }: ToldStory): string {
  const parts = [
    `# ${line(story.title)}`,
    text(story.lesson),
    ...steps.map(stepMarkdown),
    `${story.source === "" ? "" : `Source: ${line(story.source)}. `}Simulated with Headroom; ± is half of a 95 % interval.`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function stepMarkdown({ step, changes, figures, claims, pictures, link }: ToldStep): string {
  const parts = [
    `## ${line(step.label)} · ${line(step.title)}`,
    text(step.text),
    text(step.caution ?? ""),
    changes.map((change) => `- ${line(change)}`).join("\n"),
    figures.length === 0 ? "" : table(["", ""], figures),
    step.isLong === true ? "This step takes minutes, so it was not simulated for this document." : "",
    ...pictures.map(({ name, alternative }) => `![${line(alternative)}](pictures/${name}.png)`),
    claims.length === 0 ? "" : table(["Claim", "Agrees if", "Simulation", "Verdict"], claims.map(claimRow)),
    link === null ? "" : `[Open this step in Headroom](${link})`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function claimRow({ status, text: claim, bound, value, verdict, why }: ToldClaim): readonly string[] {
  return [`${status}: ${claim}${why === null ? "" : ` ${why}`}`, bound, value, verdict];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => line(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** Markdown would take these as the beginning of markup. */
function text(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").trim();
}

function line(words: string): string {
  return text(words).replace(/\s+/g, " ");
}
