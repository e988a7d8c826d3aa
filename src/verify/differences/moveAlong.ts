import type { Probe } from './Probe.ts';

/** x + t p, rounded to float32. */
export function moveAlong(x: Float32Array, probe: Probe, t: number): Float32Array {
  const moved = x.slice();
  if ('index' in probe) moved[probe.index] += t;
  else probe.weights.forEach((weight, j) => (moved[probe.from + j] += t * weight));
  return moved;
}
