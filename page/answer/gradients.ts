import {
  div,
  dot,
  grad,
  matMul,
  reshape,
  square,
  sub,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { compareGradients, selectionMatrix, topk } from '../../src/index.ts';
import { lossOfY } from './lossOfY.ts';

export interface Gradients {
  /** y = Wx in float32, and the index of each selected entry, largest first. */
  y: number[];
  indices: number[];
  S: number[][];
  v: number[];
  loss: number;
  /** dL/dW through topk, through the selection matrix, and by central differences. */
  dW: { topk: number[][]; matrix: number[][]; central: number[][] };
  /** The largest difference of each from that through topk. */
  differences: { matrix: number; central: number };
}

/** L = Σ topk(Wx)² and its gradient in W, three ways. @param h the step of the central differences. */
export function gradients(
  { W, x, k }: { W: number[][]; x: number[]; k: number },
  h: number,
): Gradients {
  return tidy(() => {
    const [$W, $x] = [tensor2d(W), tensor1d(x)];
    const y = dot($W, $x);
    const { values: v, indices } = topk(y, k);
    const S = selectionMatrix(indices, W.length);

    const throughTopk = (W: Tensor) => sum(square(topk(dot(W, $x), k).values));
    const throughS = (W: Tensor) => sum(square(dot(S, dot(W, $x))));
    const [byTopk, byMatrix] = [grad(throughTopk)($W), grad(throughS)($W)];
    const byDifferences = centralDifferences(W, x, k, h);
    return {
      y: Array.from(y.dataSync()),
      indices: Array.from(indices.dataSync()),
      S: S.arraySync() as number[][],
      v: Array.from(v.dataSync()),
      loss: sum(square(v)).dataSync()[0],
      dW: {
        topk: byTopk.arraySync() as number[][],
        matrix: byMatrix.arraySync() as number[][],
        central: byDifferences.arraySync() as number[][],
      },
      differences: {
        matrix: compareGradients(byTopk, byMatrix).maxAbsDiff,
        central: compareGradients(byTopk, byDifferences).maxAbsDiff,
      },
    };
  });
}

/**
 * (L(W + hEᵢⱼ) − L(W − hEᵢⱼ)) / 2h for every entry of W; all losses at once, as a batch. Only row i of W and entry i
 * of y differ from those at W.
 */
function centralDifferences(W: number[][], x: number[], k: number, h: number): Tensor {
  const [n, d] = [W.length, x.length];
  const product = (rows: number[][]) =>
    matMul(tensor2d(rows), tensor2d(x, [d, 1])).dataSync<'float32'>();
  const y = product(W);
  const lossesAt = (step: number) => {
    const moved = W.flatMap((row) => row.map((entry, j) => row.with(j, Math.fround(entry) + step)));
    const ofMoved = Float32Array.from({ length: n * d * n }, (_, place) => y[place % n]);
    product(moved).forEach((entry, place) => {
      ofMoved[place * n + Math.floor(place / d)] = entry;
    });
    return lossOfY(tensor2d(ofMoved, [n * d, n]), k);
  };
  return reshape(div(sub(lossesAt(h), lossesAt(-h)), 2 * h), [n, d]);
}
