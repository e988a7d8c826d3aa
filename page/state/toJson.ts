import type { Problem } from './Problem.ts';

/** The JSON that `npm start -- --input` takes, with the numbers as they are typed. */
export function toJson({ W, x, k }: Problem): string {
  const rows = W.map((row) => `    [${row.join(', ')}]`).join(',\n');
  return `{\n  "W": [\n${rows}\n  ],\n  "x": [${x.join(', ')}],\n  "k": ${String(k)}\n}\n`;
}
