import { buffer, dot, square, sum, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { topk } from '../../src/index.ts';

/** The loss at one point, and the rows selected there, by their indices. */
export interface Side {
  loss: number;
  selected: number[];
}

/** What the central difference of one entry of W is made of: L at W + hEᵢⱼ, and at W − hEᵢⱼ. */
export function difference(
  { W, x, k }: { W: number[][]; x: number[]; k: number },
  h: number,
  { row, column }: { row: number; column: number },
): { above: Side; below: Side } {
  const at = (step: number): Side =>
    tidy(() => {
      const moved = buffer([W.length, x.length], 'float32', new Float32Array(W.flat()));
      moved.set(moved.get(row, column) + step, row, column);
      const { values, indices } = topk(dot(moved.toTensor(), tensor1d(x)), k);
      const loss = sum(square(values)).dataSync()[0];
      return { loss, selected: Array.from(indices.dataSync()).toSorted((a, b) => a - b) };
    });
  return { above: at(h), below: at(-h) };
}
