/** Copies a text to the clipboard. Returns why the browser does not let this page do that, if it does not. */
export async function copy(text: string): Promise<string | undefined> {
  if (!isSecureContext) return 'browsers let a page copy only from https, this machine, or a file.';
  try {
    await navigator.clipboard.writeText(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
