/** Bytes as text of the letters that a link can hold as they are. */
function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  const piece = 8192;
  for (let start = 0; start < bytes.length; start += piece) {
    binary += String.fromCharCode(...bytes.subarray(start, start + piece));
  }
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw new Error("it holds characters that do not belong in it");
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Runs bytes through a stream; stops with an error as soon as more than `maximum` bytes have come out. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  maximum: number,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // A failure shows where the result is read; here it must only not go unhandled.
  const ignore = (): void => undefined;
  writer.write(bytes).catch(ignore);
  writer.close().catch(ignore);
  const reader = stream.readable.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > maximum) {
      await reader.cancel().catch(ignore);
      throw new Error(`it holds more than ${maximum} bytes`);
    }
    pieces.push(value);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

/** Text, compressed (raw deflate) and written in letters that a link can hold. */
export async function deflateText(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return toBase64Url(await through(bytes, new CompressionStream("deflate-raw"), Number.POSITIVE_INFINITY));
}

/** The text that `deflateText` was given. Throws where it is damaged, or longer than `maximum` bytes when unpacked. */
export async function inflateText(packed: string, maximum: number): Promise<string> {
  const bytes = await through(fromBase64Url(packed), new DecompressionStream("deflate-raw"), maximum);
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
