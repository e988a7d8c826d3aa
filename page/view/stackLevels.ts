/**
 * The height of each dot in a stack, for dots that would overlap on a line: 0 on the line, 1 above it, …
 *
 * @param positions of the dots along the line.
 * @param near how close dots may come.
 */
export function stackLevels(positions: number[], near: number): number[] {
  const levels = positions.map(() => 0);
  const byPosition = Array.from(positions.keys()).sort((i, j) => positions[i] - positions[j]);
  const lastAt: number[] = []; // the last position at each level
  for (const i of byPosition) {
    const free = lastAt.findIndex((last) => positions[i] - last >= near);
    levels[i] = free === -1 ? lastAt.length : free;
    lastAt[levels[i]] = positions[i];
  }
  return levels;
}
