/** A file name from a scenario's name: "25 dynos, no pooler" and "series.csv" give "25-dynos-no-pooler-series.csv". */
export function fileName(scenarioName: string, ending: string): string {
  const words = scenarioName.toLowerCase().match(/[a-z0-9]+/g) ?? ["headroom"];
  return `${words.join("-").slice(0, 60)}${ending.startsWith(".") ? "" : "-"}${ending}`;
}

/** Hands a text to the browser's downloads. */
export function downloadText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the blob by the time the event that called us is over.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
