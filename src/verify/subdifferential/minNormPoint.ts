import { dot, norm } from './dot.ts';
import { solve } from './solve.ts';

/**
 * The point of least norm in a polytope, by Wolfe's algorithm (Finding the nearest point in a polytope, Mathematical
 * Programming 11, 1976). It keeps a corral, affinely independent vertices whose convex hull has the point of least norm
 * of their affine hull in its interior, and adds vertices until p satisfies ⟨p, v⟩ ≥ ⟨p, p⟩ for all v.
 *
 * @param lowest a vertex v for which ⟨direction, v⟩ is least.
 * @param start a point of the polytope. If it is the point of least norm, nothing else is needed.
 */
export function minNormPoint(
  lowest: (direction: Float64Array) => Float64Array,
  start: Float64Array,
): Float64Array {
  const first = lowest(start);
  if (isLeast(start, first, norm(first))) return start;
  let p = first;
  let corral = [p];
  let weights = [1];
  let size = 0; // the largest norm of a vertex
  for (;;) {
    const v = lowest(p);
    size = Math.max(size, norm(v));
    if (isLeast(p, v, size)) return p;

    [corral, weights] = shrink([...corral, v], [...weights, 0]);
    if (corral.length === 0) return p; // v was affinely dependent up to rounding
    const next = combine(corral, weights);
    if (dot(next, next) >= dot(p, p)) return p; // only rounding is left
    p = next;
  }
}

const TOLERANCE = 1e-12;

/** ⟨p, v⟩ ≥ ⟨p, p⟩ up to rounding, for the vertex v with the least product with p. */
function isLeast(p: Float64Array, v: Float64Array, size: number): boolean {
  return dot(p, p) - dot(p, v) <= TOLERANCE * norm(p) * size;
}

/** Moves to the point of least norm of the affine hull; drops the vertices that stand in the way. */
function shrink(corral: Float64Array[], weights: number[]): [Float64Array[], number[]] {
  for (;;) {
    const target = affineWeights(corral);
    if (target.every((weight) => weight > TOLERANCE)) return [corral, target];
    const steps = target.map((entry, i) =>
      entry > TOLERANCE ? Infinity : weights[i] / (weights[i] - entry),
    );
    const step = Math.min(1, ...steps);
    const moved = weights.map((weight, i) => weight + step * (target[i] - weight));
    const isKept = moved.map((weight, i) => weight > TOLERANCE && steps[i] > step);
    weights = moved.filter((_, i) => isKept[i]);
    corral = corral.filter((_, i) => isKept[i]);
  }
}

/** The λ with Σλ = 1 that minimises ‖Σ λᵢ vᵢ‖²: a multiple of the solution of (G + c 1 1ᵀ) u = 1, G the Gram matrix. */
function affineWeights(corral: Float64Array[]): number[] {
  const gram = corral.map((u) => corral.map((v) => dot(u, v)));
  const c = Math.max(...gram.map((row, i) => row[i])) || 1;
  const u = solve(
    gram.map((row) => row.map((entry) => entry + c)),
    gram.map(() => 1),
  );
  const total = u.reduce((sum, entry) => sum + entry, 0);
  return u.map((entry) => entry / total);
}

function combine(corral: Float64Array[], weights: number[]): Float64Array {
  return corral[0].map((_, c) => corral.reduce((sum, v, i) => sum + weights[i] * v[c], 0));
}
