export function dot(a: number[], b: number[]): number {
  return a.reduce((sum, entry, i) => sum + entry * b[i], 0);
}
