import type { ToldStep } from "./told-step";

const SCALE = 2;
const PADDING = 24;
const GAP = 16;
const WIDTH = 1520;
const INNER = WIDTH - 2 * PADDING;
const LINE_HEIGHT = 22;
const TITLE_HEIGHT = 34;
const FIGURES_HEIGHT = 64;

/** What the drawing needs of the page: its font, and its colours by the names of their tokens. */
interface Look {
  readonly font: string;
  readonly token: (name: string) => string;
}

/** Where the charts stand: in rows of one or two. */
interface Rows {
  readonly rows: readonly (readonly ImageBitmap[])[];
  readonly heights: readonly number[];
  readonly columnWidth: number;
}

/** A step as one picture: its words, its figures and its charts. Throws where the browser cannot draw it. */
export async function stepPicture({ step, changes, figures, pictures }: ToldStep): Promise<Blob> {
  const images = await Promise.all(pictures.map(({ png }) => createImageBitmap(png)));
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser gives no canvas to draw a picture on.");
  const style = getComputedStyle(document.documentElement);
  const look: Look = {
    font: getComputedStyle(document.body).fontFamily,
    token: (name) => style.getPropertyValue(name).trim(),
  };
  context.font = `400 15px ${look.font}`;
  const lines = [plain(step.text), changes.join("   ·   ")]
    .filter((text) => text !== "")
    .flatMap((text) => wrapped(context, text, INNER));
  const placed = rowsOf(images);
  const wordsEnd = TITLE_HEIGHT + lines.length * LINE_HEIGHT;
  const chartsTop = wordsEnd + FIGURES_HEIGHT;
  const height = 2 * PADDING + chartsTop + placed.heights.reduce((sum, one) => sum + one + GAP, 0);

  canvas.width = WIDTH * SCALE;
  canvas.height = Math.round(height * SCALE);
  context.scale(SCALE, SCALE);
  context.fillStyle = look.token("--surface");
  context.fillRect(0, 0, WIDTH, height);
  context.translate(PADDING, PADDING);
  drawWords(context, look, `${step.label} · ${step.title}`, lines);
  drawFigures(context, look, figures, wordsEnd + 12);
  drawCharts(context, placed, chartsTop);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("The browser could not make a picture of the step."));
      else resolve(blob);
    }, "image/png");
  });
}

function widthOf(image: ImageBitmap, columnWidth: number): number {
  return Math.min(columnWidth, image.width / SCALE);
}

function heightOf(image: ImageBitmap, columnWidth: number): number {
  return (image.height / image.width) * widthOf(image, columnWidth);
}

function rowsOf(images: readonly ImageBitmap[]): Rows {
  const columns = images.length > 1 ? 2 : 1;
  const columnWidth = (INNER - GAP * (columns - 1)) / columns;
  const rows = Array.from({ length: Math.ceil(images.length / columns) }, (_, row) =>
    images.slice(row * columns, (row + 1) * columns),
  );
  const heights = rows.map((row) => Math.max(...row.map((image) => heightOf(image, columnWidth))));
  return { rows, heights, columnWidth };
}

function drawWords(
  context: CanvasRenderingContext2D,
  { font, token }: Look,
  title: string,
  lines: readonly string[],
): void {
  context.fillStyle = token("--ink");
  context.font = `600 22px ${font}`;
  context.fillText(title, 0, 20, INNER);
  context.fillStyle = token("--ink-soft");
  context.font = `400 15px ${font}`;
  for (const [index, line] of lines.entries()) context.fillText(line, 0, 52 + index * LINE_HEIGHT);
}

function drawFigures(
  context: CanvasRenderingContext2D,
  { font, token }: Look,
  figures: ToldStep["figures"],
  top: number,
): void {
  const cell = INNER / Math.max(1, figures.length);
  for (const [index, [name, value]] of figures.entries()) {
    context.fillStyle = token("--ink-faint");
    context.font = `400 12px ${font}`;
    context.fillText(name, index * cell, top + 10, cell - 8);
    context.fillStyle = token("--ink");
    context.font = `600 16px ${font}`;
    context.fillText(value, index * cell, top + 32, cell - 8);
  }
}

function drawCharts(
  context: CanvasRenderingContext2D,
  { rows, heights, columnWidth }: Rows,
  chartsTop: number,
): void {
  let top = chartsTop;
  for (const [place, row] of rows.entries()) {
    for (const [column, image] of row.entries()) {
      const left = column * (columnWidth + GAP);
      context.drawImage(image, left, top, widthOf(image, columnWidth), heightOf(image, columnWidth));
    }
    top += (heights[place] ?? 0) + GAP;
  }
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
