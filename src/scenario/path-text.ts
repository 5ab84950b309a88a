/** A value to be put at a path such as `fleets.web.dynos`. */
export interface PathValue {
  readonly path: string;
  readonly value: unknown;
}

/** Longer paths are not looked at. Two names of the longest kind fit, every character percent-encoded. */
const MAXIMUM_PATH_LENGTH = 4000;

/**
 * The segments of a path such as `fleets.web.dynos`, or null where the text is no path. Items of a list are named by
 * their name or index. In a segment, `%2E` is a dot, and other percent codes stand for their characters.
 */
export function parsePath(path: string): readonly string[] | null {
  if (path === "" || path.length > MAXIMUM_PATH_LENGTH) return null;
  const segments: string[] = [];
  for (const part of path.split(".")) {
    if (part === "") return null;
    if (!part.includes("%")) {
      segments.push(part);
      continue;
    }
    try {
      segments.push(decodeURIComponent(part));
    } catch {
      return null;
    }
  }
  return segments;
}

/** Characters that would end a segment, a path or a link's parameter early, and those that are invisible. */
const UNSAFE = /[.%=&#\p{Cc}]/gu;

/** One segment of a path as text: readable, and read back as the same name by `parsePath`. */
export function formatSegment(segment: string): string {
  return segment.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
    return `%${code}`;
  });
}

/** A path as text. */
export function formatPath(segments: readonly string[]): string {
  return segments.map(formatSegment).join(".");
}
