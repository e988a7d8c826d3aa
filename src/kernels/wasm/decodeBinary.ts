/**
 * The bytes of a text that `encodeBinary` of scripts/buildWasm.ts made: each plus SHIFT, modulo 256, is a digit to the
 * base 93, one of the characters from ' ' to '|', after '}' for 93 more or '~' for 186 more. A frequent byte is one
 * character.
 */
export function decodeBinary(text: string): number[] {
  const bytes: number[] = [];
  let more = 0;
  for (const char of text) {
    const digit = char.charCodeAt(0) - 32;
    if (digit >= BASE) more = (digit - BASE + 1) * BASE;
    else {
      bytes.push((digit + more - SHIFT) & 255);
      more = 0;
    }
  }
  return bytes;
}

export const BASE = 93;
/** The one that makes the text shortest after gzip. */
export const SHIFT = 4;
