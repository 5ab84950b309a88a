/** A file name from a title: "25 dynos, no pooler" and "series.csv" give "25-dynos-no-pooler-series.csv". */
export function fileName(title: string, ending: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? ["headroom"];
  return `${words.join("-").slice(0, 60)}${ending.startsWith(".") ? "" : "-"}${ending}`;
}

/** Hands a file to the reader. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Browsers may start to read it after this task.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Hands a text to the reader, as a file. */
export function downloadText(name: string, type: string, text: string): void {
  download(name, new Blob([text], { type }));
}
