/** An entry of a picture's legend: a piece of line, or a scale of colours. Colours are custom properties. */
export type PictureKey =
  | {
      readonly kind: "line";
      readonly label: string;
      readonly color: string;
      readonly dash?: string | undefined;
    }
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
  canvas.width = Math.round((width + 2 * PADDING) * SCALE);
  canvas.height = Math.round((height + HEADER + PADDING) * SCALE);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser gives no canvas to draw a picture on.");
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const font = getComputedStyle(document.body).fontFamily;

  context.scale(SCALE, SCALE);
  context.fillStyle = token("--surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = "alphabetic";
  context.fillStyle = token("--ink");
  context.font = `600 15px ${font}`;
  context.fillText(title, PADDING, PADDING + 13, width);
  context.fillStyle = token("--ink-soft");
  context.font = `400 12px ${font}`;
  context.fillText(reading, PADDING, PADDING + 31, width);
  drawKeys(context, keys, token, font);

  context.translate(PADDING, HEADER);
  context.drawImage(await drawing(svg, width, height), 0, 0, width, height);
  drawTexts(context, svg, font);
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("The browser could not make a picture of the chart."));
      else resolve(blob);
    }, "image/png");
  });
}

function drawKeys(
  context: CanvasRenderingContext2D,
  keys: readonly PictureKey[],
  token: (name: string) => string,
  font: string,
): void {
  const y = PADDING + 48;
  let x = PADDING;
  context.font = `400 12px ${font}`;
  const write = (text: string, gap: number) => {
    context.fillStyle = token("--ink-soft");
    context.fillText(text, x, y + 4);
    x += context.measureText(text).width + gap;
  };
  for (const key of keys) {
    if (key.kind === "scale") {
      write(key.label, 8);
      write(key.low, 6);
      const gradient = context.createLinearGradient(x, 0, x + 120, 0);
      for (let stop = 0; stop <= 5; stop++) gradient.addColorStop(stop / 5, token(`--heat-${stop}`));
      context.fillStyle = gradient;
      context.fillRect(x, y - 4, 120, 8);
      x += 126;
      write(key.high, 18);
      continue;
    }
    context.strokeStyle = token(key.color.replace(/^var\((.*)\)$/, "$1"));
    context.lineWidth = 2;
    context.setLineDash(key.dash === undefined ? [] : key.dash.split(" ").map(Number));
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 16, y);
    context.stroke();
    context.setLineDash([]);
    x += 22;
    write(key.label, 18);
  }
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
