/** Whether a file has shaders: every template of several lines in it is one. */
export const HAS_SHADERS = /kernels[/\\]web(gl|gpu)[/\\]/;

/**
 * The source of such a file, with its shaders as they are sent to pages: without comments, and blanks that they do not
 * need.
 */
export function shortenShaders(source: string): string {
  return source.replace(/`\n[^`]*`/g, (shader) =>
    shader
      .replace(/^ +| *\/\/ .*$/gm, '')
      .replace(/ *([-+*/%=<>!&|?:,;(){}]) */g, '$1')
      .replace(/([{};,])\n+/g, '$1'),
  );
}
