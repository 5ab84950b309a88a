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
