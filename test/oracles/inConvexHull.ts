import { Fraction } from '../../experiments/exact/Fraction.ts';

/**
 * Whether g is a convex combination of the points, decided in rational arithmetic: whether Σ λⱼ pⱼ = g, Σ λⱼ = 1 has a
 * solution λ ≥ 0. Phase 1 of the simplex method with Bland's rule, which does not cycle.
 */
export function inConvexHull(points: number[][], g: Fraction[]): boolean {
  const columns = points.map((p) => [...p, 1].map((entry) => new Fraction(entry)));
  const target = [...g, new Fraction(1)];
  const tableau = target.map((entry, row) => {
    const sign = entry.compare(0) < 0 ? -1 : 1;
    return [...columns.map((column) => column[row].mul(sign)), entry.mul(sign)];
  });
  // The artificial variables are basic at first. `excess` is their sum, to be minimised.
  const basis = tableau.map((_, row) => points.length + row);
  let excess = tableau[0].map((_, c) => sum(tableau.map((row) => row[c])));
  for (;;) {
    const enter = excess.findIndex((entry, c) => c < points.length && entry.compare(0) > 0);
    if (enter < 0) return excess[points.length].equals(0);
    const candidates = tableau.flatMap((row, r) => (row[enter].compare(0) > 0 ? [r] : []));
    const ratio = (r: number) => tableau[r][points.length].div(tableau[r][enter]);
    const leave = candidates.reduce((best, r) => {
      const order = ratio(r).compare(ratio(best));
      return order < 0 || (order === 0 && basis[r] < basis[best]) ? r : best;
    });
    const pivotRow = tableau[leave].map((entry) => entry.div(tableau[leave][enter]));
    const eliminate = (row: Fraction[]) =>
      row[enter].equals(0) ? row : row.map((entry, c) => entry.sub(row[enter].mul(pivotRow[c])));
    tableau.forEach((row, r) => (tableau[r] = r === leave ? pivotRow : eliminate(row)));
    excess = eliminate(excess);
    basis[leave] = enter;
  }
}

function sum(fractions: Fraction[]): Fraction {
  return fractions.reduce((total, fraction) => total.add(fraction), new Fraction(0));
}
