/** Units of number fields with what the document allows in them. A whole number of things: the field says how many. */
export const WHOLE = { unit: "count", integer: true, step: 1 } as const;

/** Milliseconds in the document and on the page. */
export const MILLISECONDS = { unit: "milliseconds", minimum: 0, maximum: 1e9, integer: false } as const;

/** Milliseconds in the document, seconds on the page. */
export const MS_AS_SECONDS = {
  unit: "millisecondsAsSeconds",
  minimum: 0,
  maximum: 1e9,
  integer: false,
} as const;

/** Seconds in the document and on the page. */
export const SECONDS = { unit: "seconds", minimum: 0, maximum: 1e6, integer: false } as const;
