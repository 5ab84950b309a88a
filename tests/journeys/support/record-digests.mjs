// Runs in Node, and as it stands in the browser: what is compared must be read in the same way on both sides.

/**
 * The bytes of a value of numbers, words, lists and typed arrays, one piece after the other, each with what it is.
 * @param {unknown} value
 * @param {(Uint8Array<ArrayBuffer>)[]} pieces
 */
function collect(value, pieces) {
  const say = (/** @type {string} */ text) => pieces.push(new Uint8Array(new TextEncoder().encode(text)));
  if (ArrayBuffer.isView(value)) {
    say(`${value.constructor.name}(${value.byteLength})`);
    pieces.push(new Uint8Array(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)));
  } else if (typeof value === "object" && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      say(`.${name}`);
      collect(part, pieces);
    }
  } else if (typeof value === "number") {
    pieces.push(new Uint8Array(Float64Array.of(value).buffer));
  } else {
    say(String(value));
  }
}

/**
 * A digest of each field of a record, of all its bits.
 * @param {object} record
 * @returns {Promise<Record<string, string>>}
 */
export async function recordDigests(record) {
  /** @type {Record<string, string>} */
  const digests = {};
  for (const [field, value] of Object.entries(record)) {
    /** @type {(Uint8Array<ArrayBuffer>)[]} */
    const pieces = [];
    collect(value, pieces);
    const hash = await crypto.subtle.digest("SHA-256", await new Blob(pieces).arrayBuffer());
    digests[field] = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  return digests;
}
