import type { ToldStep } from "./told-step";

const SCALE = 2;
const PADDING = 24;
const GAP = 16;
const WIDTH = 1520;
const LINE_HEIGHT = 22;

/** A step as one picture: its words, its figures and its charts. Throws where the browser cannot draw it. */
export async function stepPicture({ step, changes, figures, pictures }: ToldStep): Promise<Blob> {
  const images = await Promise.all(pictures.map(({ png }) => createImageBitmap(png)));
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser gives no canvas to draw a picture on.");
  const font = getComputedStyle(document.body).fontFamily;
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const inner = WIDTH - 2 * PADDING;

  context.font = `400 15px ${font}`;
  const words = [plain(step.text), changes.join("   ·   ")]
    .filter((text) => text !== "")
    .flatMap((text) => wrapped(context, text, inner));
  const columns = images.length > 1 ? 2 : 1;
  const columnWidth = (inner - GAP * (columns - 1)) / columns;
  const rows = Array.from({ length: Math.ceil(images.length / columns) }, (_, row) =>
    images.slice(row * columns, (row + 1) * columns),
  );
  const heightOf = (image: ImageBitmap) =>
    (image.height / image.width) * Math.min(columnWidth, image.width / SCALE);
  const rowHeights = rows.map((row) => Math.max(...row.map(heightOf)));
  const head = 34 + words.length * LINE_HEIGHT + 64;
  const height = 2 * PADDING + head + rowHeights.reduce((sum, one) => sum + one + GAP, 0);

  canvas.width = WIDTH * SCALE;
  canvas.height = Math.round(height * SCALE);
  context.scale(SCALE, SCALE);
  context.fillStyle = token("--surface");
  context.fillRect(0, 0, WIDTH, height);
  context.translate(PADDING, PADDING);
  context.fillStyle = token("--ink");
  context.font = `600 22px ${font}`;
  context.fillText(`${step.label} · ${step.title}`, 0, 20, inner);
  context.font = `400 15px ${font}`;
  context.fillStyle = token("--ink-soft");
  for (const [index, words_] of words.entries()) context.fillText(words_, 0, 52 + index * LINE_HEIGHT);

  let top = 34 + words.length * LINE_HEIGHT + 12;
  const cell = inner / Math.max(1, figures.length);
  for (const [index, [name, value]] of figures.entries()) {
    context.fillStyle = token("--ink-faint");
    context.font = `400 12px ${font}`;
    context.fillText(name, index * cell, top + 10, cell - 8);
    context.fillStyle = token("--ink");
    context.font = `600 16px ${font}`;
    context.fillText(value, index * cell, top + 32, cell - 8);
  }
  top = head;
  for (const [place, row] of rows.entries()) {
    for (const [column, image] of row.entries()) {
      const width = Math.min(columnWidth, image.width / SCALE);
      context.drawImage(image, column * (columnWidth + GAP), top, width, heightOf(image));
    }
    top += (rowHeights[place] ?? 0) + GAP;
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("The browser could not make a picture of the step."));
      else resolve(blob);
    }, "image/png");
  });
}

/** Without the marks, which a picture cannot show. */
function plain(text: string): string {
  return text
    .replace(/\*\*?|`/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function wrapped(context: CanvasRenderingContext2D, text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
