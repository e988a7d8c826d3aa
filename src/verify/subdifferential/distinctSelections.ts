/**
 * The ways to take r elements from groups of equal ones, up to equality, if at most one group is taken in part; as how
 * many are taken from each. Other ways need one element to be above and below another one.
 *
 * @param sizes of the groups.
 * @param limit how many ways to try.
 * @returns null if there are more to try.
 */
export function distinctSelections(sizes: number[], r: number, limit: number): number[][] | null {
  if (sizes.length > limit) return null; // there is one that begins at each group and goes on in a circle
  const found: number[][] = [];
  let tried = 0;
  const extend = (counts: number[], missing: number, left: number, isWhole: boolean): void => {
    const next = counts.length;
    if (tried > limit || missing > left) return;
    if (next === sizes.length) {
      tried++;
      if (missing === 0) found.push(counts);
      return;
    }
    const size = sizes[next];
    const rest = left - size;
    if (size <= missing) extend([...counts, size], missing - size, rest, isWhole);
    for (let part = 1; isWhole && part < Math.min(size, missing + 1); part++) {
      extend([...counts, part], missing - part, rest, false);
    }
    extend([...counts, 0], missing, rest, isWhole);
  };
  extend(
    [],
    r,
    sizes.reduce((sum, size) => sum + size, 0),
    true,
  );
  return tried > limit ? null : found;
}
