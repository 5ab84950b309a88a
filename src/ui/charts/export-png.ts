/** An entry of a picture's legend: a piece of line, of a fill, or a scale of colours. Colours are custom properties. */
export type PictureKey =
  | {
      readonly kind: "line";
      readonly label: string;
      readonly color: string;
      readonly dash?: string | undefined;
    }
  | { readonly kind: "fill"; readonly label: string; readonly color: string; readonly hatch: string | null }
  | { readonly kind: "scale"; readonly label: string; readonly low: string; readonly high: string };

interface Picture {
  /** The chart as it stands in the page. */
  readonly svg: SVGSVGElement;
  readonly title: string;
  readonly reading: string;
  readonly keys: readonly PictureKey[];
}

const SCALE = 2;
const PADDING = 16;
const HEADER = 74;
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "stroke-opacity",
  "paint-order",
  "opacity",
  "image-rendering",
] as const;

/**
 * A chart as a PNG of twice its size, with title, reading and legend. The drawing goes through an SVG image with every
 * style written out, and without its texts: an SVG image cannot use the page's font, so the texts are drawn after it.
 * Throws where the browser cannot draw it.
 */
export async function exportPng({ svg, title, reading, keys }: Picture): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser gives no canvas to draw a picture on.");
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const font = getComputedStyle(document.body).fontFamily;

  context.font = `400 12px ${font}`;
  const placed = placeKeys(context, keys, width);
  const header = HEADER + KEY_HEIGHT * (placed[placed.length - 1]?.row ?? 0);
  canvas.width = Math.round((width + 2 * PADDING) * SCALE);
  canvas.height = Math.round((height + header + PADDING) * SCALE);
  context.scale(SCALE, SCALE);
  context.fillStyle = token("--surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(PADDING, PADDING);
  context.fillStyle = token("--ink");
  context.font = `600 15px ${font}`;
  context.fillText(title, 0, 13, width);
  context.fillStyle = token("--ink-soft");
  context.font = `400 12px ${font}`;
  context.fillText(reading, 0, 31, width);
  context.translate(0, 48);
  for (const key of placed) drawKey(context, key, token);

  context.translate(0, header - PADDING - 48);
  context.drawImage(await drawing(svg, width, height), 0, 0, width, height);
  drawTexts(context, svg, font);
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("The browser could not make a picture of the chart."));
      else resolve(blob);
    }, "image/png");
  });
}

const KEY_HEIGHT = 18;
const KEY_GAP = 18;
const LINE_LENGTH = 16;
const FILL_HEIGHT = 10;
const SCALE_LENGTH = 120;
const TEXT_GAP = 6;

interface PlacedKey {
  readonly key: PictureKey;
  readonly x: number;
  readonly row: number;
}

/** Legend entries one after the other, in as many rows as they need. */
function placeKeys(
  context: CanvasRenderingContext2D,
  keys: readonly PictureKey[],
  width: number,
): readonly PlacedKey[] {
  let x = 0;
  let row = 0;
  return keys.map((key) => {
    const texts = key.kind === "scale" ? [key.label, key.low, key.high] : [key.label];
    const drawn = key.kind === "scale" ? SCALE_LENGTH : LINE_LENGTH;
    const length = texts.reduce((sum, text) => sum + context.measureText(text).width + TEXT_GAP, drawn);
    if (x > 0 && x + length > width) {
      x = 0;
      row += 1;
    }
    const placed = { key, x, row };
    x += length + KEY_GAP;
    return placed;
  });
}

function drawKey(
  context: CanvasRenderingContext2D,
  { key, x, row }: PlacedKey,
  token: (name: string) => string,
): void {
  const y = row * KEY_HEIGHT;
  let end = x;
  const write = (text: string) => {
    context.fillStyle = token("--ink-soft");
    context.fillText(text, end, y + 4);
    end += context.measureText(text).width + TEXT_GAP;
  };
  if (key.kind === "line") {
    context.strokeStyle = colourOf(key.color, token);
    context.lineWidth = 2;
    context.setLineDash(key.dash === undefined ? [] : key.dash.split(" ").map(Number));
    context.beginPath();
    context.moveTo(end, y);
    context.lineTo(end + LINE_LENGTH, y);
    context.stroke();
    context.setLineDash([]);
    end += LINE_LENGTH + TEXT_GAP;
    write(key.label);
    return;
  }
  if (key.kind === "fill") {
    drawFill(context, key, end, y - FILL_HEIGHT / 2, token);
    end += LINE_LENGTH + TEXT_GAP;
    write(key.label);
    return;
  }
  write(key.label);
  write(key.low);
  const gradient = context.createLinearGradient(end, 0, end + SCALE_LENGTH, 0);
  for (let stop = 0; stop <= 5; stop++) gradient.addColorStop(stop / 5, token(`--heat-${stop}`));
  context.fillStyle = gradient;
  context.fillRect(end, y - 4, SCALE_LENGTH, 8);
  end += SCALE_LENGTH + TEXT_GAP;
  write(key.high);
}

/** Where the tiles of a hatch begin, of 8 × 8 each, in a piece of a fill. */
const HATCH_TILES = [
  [0, 0],
  [8, 0],
  [0, 8],
  [8, 8],
] as const;

function drawFill(
  context: CanvasRenderingContext2D,
  { color, hatch }: Extract<PictureKey, { readonly kind: "fill" }>,
  x: number,
  y: number,
  token: (name: string) => string,
): void {
  context.save();
  context.translate(x, y);
  context.beginPath();
  context.rect(0, 0, LINE_LENGTH, FILL_HEIGHT);
  context.clip();
  context.fillStyle = colourOf(color, token);
  context.fill();
  if (hatch !== null) {
    context.strokeStyle = token("--surface");
    context.globalAlpha = 0.7;
    context.lineWidth = 1.75;
    const tile = new Path2D(hatch);
    for (const [left, top] of HATCH_TILES) {
      context.translate(left, top);
      context.stroke(tile);
      context.translate(-left, -top);
    }
  }
  context.restore();
}

function colourOf(color: string, token: (name: string) => string): string {
  return token(color.replace(/^var\((.*)\)$/, "$1"));
}

/** The chart without texts and cursor, as an image; every style is written into its elements. */
async function drawing(svg: SVGSVGElement, width: number, height: number): Promise<HTMLImageElement> {
  const copy = svg.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new Error("The chart is not an SVG.");
  const originals = svg.querySelectorAll("*");
  for (const [index, element] of copy.querySelectorAll("*").entries()) {
    const original = originals[index];
    if (original === undefined) continue;
    const style = getComputedStyle(original);
    element.removeAttribute("style");
    element.removeAttribute("class");
    for (const name of STYLES) element.setAttribute(name, style.getPropertyValue(name));
  }
  for (const element of copy.querySelectorAll("text, [data-export='none'], title, desc")) element.remove();
  copy.removeAttribute("style");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

function drawTexts(context: CanvasRenderingContext2D, svg: SVGSVGElement, font: string): void {
  for (const element of svg.querySelectorAll("text")) {
    const style = getComputedStyle(element);
    const size = Number.parseFloat(style.fontSize);
    const length = (name: string) => {
      const text = element.getAttribute(name) ?? "0";
      return Number.parseFloat(text) * (text.endsWith("em") ? size : 1);
    };
    const x = length("x") + length("dx");
    const y = length("y") + length("dy");
    const text = element.textContent ?? "";
    context.font = `${style.fontWeight} ${size}px ${font}`;
    context.textAlign =
      style.textAnchor === "end" ? "right" : style.textAnchor === "middle" ? "center" : "left";
    if (style.stroke !== "none") {
      context.strokeStyle = style.stroke;
      context.lineWidth = Number.parseFloat(style.strokeWidth);
      context.lineJoin = "round";
      context.strokeText(text, x, y);
    }
    context.fillStyle = style.fill;
    context.fillText(text, x, y);
  }
  context.textAlign = "left";
}
