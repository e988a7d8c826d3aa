import * as tf from '@tensorflow/tfjs';
import {
  rowSparseGrads,
  topk,
  topkDirectionalDerivative,
  topkLinear,
  type TopkOptions,
} from '../../../src/index.ts';
import { isOnGpu } from '../../../src/util/isOnGpu.ts';
import type { TensorOrArray } from '../../matchers/entriesOf.ts';
import { checkEqual } from '../checkEqual.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';

/** The gradient where entries tie at the threshold. */
const { cases, it } = collectCases('topk');
const linear = collectCases('topkLinear');
const derivative = collectCases('topkDirectionalDerivative');

it('returns a vertex of the subdifferential at a tie, where central differences do not', async () => {
  const tie = [3, 1, 1, 1, 0];
  const squares = (x: tf.Tensor) => topk(x, 2).values.square().sum();
  const values = (x: tf.Tensor) => topk(x, 2).values.sum();
  await checkTensor(tf.grad(squares)(tf.tensor1d(tie)), [6, 2, 0, 0, 0]);
  await checkTensor(tf.grad(values)(tf.tensor1d(tie)), [1, 1, 0, 0, 0]);
  const differences = [];
  for (let i = 0; i < 5; i++) {
    const at = async (step: number) => {
      const moved = tie.map((entry, j) => (j === i ? entry + step : entry));
      return (await values(tf.tensor1d(moved)).data())[0];
    };
    differences.push((await at(0.5)) - (await at(-0.5)));
  }
  checkEqual(differences, [1, 0.5, 0.5, 0.5, 0]);
});

it('shares the gradient of integers where they tie, as it does that of floats', async () => {
  const tied = [
    [2, 2, 1, 0],
    [1, 0, 1, -1],
  ];
  const gradientOf = (dtype: 'int32' | 'float32', largest: boolean) => {
    const options: TopkOptions = { tieGradient: 'even', largest };
    const sum = (x: tf.Tensor) => tf.cast(topk(x, 1, options).values, 'float32').sum();
    return tf.grad(sum)(tf.tensor2d(tied, [2, 4], dtype));
  };
  for (const dtype of ['int32', 'float32'] as const) {
    await checkTensor(gradientOf(dtype, true), [[0.5, 0.5, 0, 0], [0.5, 0, 0.5, 0]]); // prettier-ignore
    await checkTensor(gradientOf(dtype, false), [[0, 0, 0, 1], [0, 0, 0, 1]]); // prettier-ignore
  }
});

derivative.it('is one-sided at ties, for each row of a batch', async () => {
  const y = [
    [3, 1, 1, 1, 0],
    [2, 2, 1, 1, 0],
  ];
  const d = [
    [1, 2, 3, 4, 5],
    [5, 6, 7, 8, 9],
  ];
  await checkTensor(topkDirectionalDerivative(y, 2, d), [
    [1, 4],
    [6, 5],
  ]);
});

const CLOSE = { absolute: 1e-5, relative: 1e-5 };

/** The gradient of Σ (i + 1) vᵢ² with tieGradient 'even'. */
const evenGradient = (k: number, options: TopkOptions) =>
  tf.grad((x) => {
    const v = topk(x, k, { ...options, tieGradient: 'even' }).values;
    return v
      .mul(v)
      .mul(tf.range(1, k + 1))
      .sum();
  });

/** x, k, the gradient, and where it has one, the second order: the gradient of the gradient's sum. */
interface Tie {
  x: tf.TensorLike;
  k: number;
  options?: TopkOptions;
  first: TensorOrArray;
  second?: TensorOrArray;
}

const TIES: Tie[] = [
  { x: [3, 1, 1, 1, 0], k: 2, first: [6, 4 / 3, 4 / 3, 4 / 3, 0] },
  { x: [3, 1, 1, 1, 0], k: 3, first: [6, 10 / 3, 10 / 3, 10 / 3, 0] },
  { x: [0, 1, 1, 3], k: 2, options: { largest: false }, first: [0, 2, 2, 0] },
  { x: [[2, 2, 2, 2], [2, 1, 0, 1]], k: 2, first: [[3, 3, 3, 3], [4, 2, 0, 2]] }, // prettier-ignore
  { x: [2, 2, 2], k: 2, options: { sorted: false }, first: [4, 4, 4] },
  { x: [1, 1, 1, 3], k: 2, options: { sorted: false }, first: [4 / 3, 4 / 3, 4 / 3, 6] },
  // All that tie at the threshold are selected, or they tie above it: each keeps its own.
  { x: [3, 1, 1, 0], k: 3, first: [6, 4, 6, 0], second: [2, 4, 6, 0] },
  { x: [3, 3, 1, 0], k: 3, first: [6, 12, 6, 0], second: [2, 4, 6, 0] },
];

for (const { x, k, options = {}, first, second } of TIES) {
  const name = `x = ${JSON.stringify(x)}, k = ${String(k)}, ${JSON.stringify(options)}`;
  const gradient = evenGradient(k, options);
  const curvature = tf.grad((x) => gradient(x).sum());

  it(`shares the gradient among all that tie at the threshold with 'even': ${name}`, async () => {
    await checkTensor(gradient(tf.tensor(x)), first, { tolerance: CLOSE });
    if (second) await checkTensor(curvature(tf.tensor(x)), second, { tolerance: CLOSE });
  });

  if (second) continue;

  it(`refuses order 2 of 'even' at a tie, or gives NaN on webgl and webgpu: ${name}`, async () => {
    let outcome = 'numbers';
    try {
      if ((await curvature(tf.tensor(x)).data()).includes(NaN)) outcome = 'NaN';
    } catch (error) {
      outcome = (error as Error).message;
    }
    const refusal = "tieGradient 'even' has no gradient of order 2 at a tie: use 'first'";
    checkEqual(outcome, isOnGpu() ? 'NaN' : refusal);
  });
}

linear.it("shares dL/dW among the rows that tie at the threshold with 'even'", async () => {
  const [W, x] = [tf.tensor2d([[1], [3], [2], [2], [2], [0]]), tf.tensor1d([1])];
  const options = { tieGradient: 'even' } as const;
  const expected = [[0], [6], [4 / 3], [4 / 3], [4 / 3], [0]];
  const dW = tf.grad((W) => topkLinear(W, x, 2, options).values.square().sum())(W);
  await checkTensor(dW, expected, { tolerance: CLOSE });
  const sparse = rowSparseGrads(W, x, 2, (v) => v.square().sum(), options);
  await checkTensor(sparse.dW.dense(), expected, { of: 'rowSparseGrads', tolerance: CLOSE });
});

export const ties = [...cases, ...linear.cases, ...derivative.cases];
