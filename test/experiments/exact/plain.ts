import * as fc from 'fast-check';
import { Fraction } from '../../../experiments/exact/Fraction.ts';

/** Small exact problems with many ties: entries of W are tenths, those of x integers. */
export const problems = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }))
  .chain(([n, d]) =>
    fc.record({
      W: matrix(n, d, 3).map((rows) => rows.map((row) => row.map((w) => new Fraction(w, 10)))),
      x: matrix(1, d, 2).map(([x]) => x.map((entry) => new Fraction(entry))),
      k: fc.integer({ min: 0, max: n }),
      D: matrix(n, d, 9).map((rows) => rows.map((row) => row.map((entry) => new Fraction(entry)))),
    }),
  );

function matrix(n: number, d: number, max: number) {
  const entry = fc.integer({ min: -max, max });
  return fc.array(fc.array(entry, { minLength: d, maxLength: d }), { minLength: n, maxLength: n });
}

export type Vector = Fraction[];

/** Exactly: by default, toString stops after 15 decimals. */
const write = (entry: Fraction) => entry.toString(100);

export const typed = ({ W, x, k }: { W: Vector[]; x: Vector; k: number }) => ({
  W: W.map((row) => row.map(write)),
  x: x.map(write),
  k,
});

export const sum = (v: Vector) => v.reduce((total, entry) => total.add(entry), new Fraction(0));
export const dot = (a: Vector, b: Vector) => sum(a.map((entry, j) => entry.mul(b[j])));
export const add = (a: Vector, b: Vector) => a.map((entry, j) => entry.add(b[j]));
export const scale = (t: Fraction, v: Vector) => v.map((entry) => entry.mul(t));
export const normSquared = (rows: Vector[]) => sum(rows.map((row) => dot(row, row)));
export const multiply = (W: Vector[], x: Vector) => W.map((row) => dot(row, x));

/** The selected indices, ascending, by a plain sort. */
export function selected(y: Vector, k: number): number[] {
  const order = Array.from(y.keys()).sort((i, j) => y[j].compare(y[i]) || i - j);
  return order.slice(0, k).sort((i, j) => i - j);
}

/** Σ topk(y)², by a plain sort. */
export const loss = (y: Vector, k: number) => sum(selected(y, k).map((i) => y[i].mul(y[i])));

/**
 * The derivative of L(y + tu) in t at 0 from the right. Up to the first tie, which for the problems
 * above is beyond t = 1e-4, it is a parabola, so two points give its slope exactly.
 */
export function slope(y: Vector, u: Vector, k: number): Fraction {
  const t = new Fraction(1, 10000);
  const rise = (t: Fraction) => loss(add(y, scale(t, u)), k).sub(loss(y, k));
  return rise(t.div(2)).mul(4).sub(rise(t)).div(t);
}
