import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { StoryDocument } from "./StoryDocument";
import type { ToldStory } from "./told-step";

/** It stands alone: no script, no other file, nothing from elsewhere. */
const STYLE = `
:root { color-scheme: light dark; font: 16px/1.55 system-ui, sans-serif; }
body { margin: 0; } main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; } h2 { font-size: 1.25rem; margin: 0 0 .5rem; }
section { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 1px solid #8886; break-inside: avoid-page; }
.lesson { font-size: 1.1rem; margin: 0; } .aside, footer { color: color-mix(in srgb, currentColor 65%, transparent); font-size: .875rem; }
.changes, .figures { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; padding: 0; margin: .75rem 0; list-style: none; }
.changes li { padding: .1rem .5rem; border-radius: 4px; background: #8882; font-size: .875rem; }
.figures dt { font-size: .75rem; color: color-mix(in srgb, currentColor 65%, transparent); } .figures dd { margin: 0; font-weight: 600; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; }
img { max-width: 100%; border: 1px solid #8886; border-radius: 6px; }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; font-size: .875rem; } th, td { padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #8885; text-align: left; vertical-align: top; }
footer { margin-top: 3rem; }
@media print { section { break-before: auto; } }
`;
const POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A story as one HTML file to read, with its charts as pictures. */
export async function storyPage(told: ToldStory): Promise<Blob> {
  const pictures = told.steps.flatMap((step) => step.pictures);
  const addresses = new Map(
    await Promise.all(pictures.map(async ({ name, png }) => [name, await dataAddress(png)] as const)),
  );
  const place = document.createElement("div");
  const root = createRoot(place);
  flushSync(() => root.render(<StoryDocument {...told} addresses={addresses} />));
  const body = place.innerHTML;
  root.unmount();
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Headroom">
<title>${asMarkup(told.story.title)}</title>
<style>${STYLE}</style>
</head>
<body>${body}</body>
</html>
`;
  return new Blob([page], { type: "text/html" });
}

/** A text as markup that shows it. */
function asMarkup(text: string): string {
  const place = document.createElement("span");
  place.textContent = text;
  return place.innerHTML;
}

function dataAddress(png: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error("A picture could not be read."));
    reader.readAsDataURL(png);
  });
}
