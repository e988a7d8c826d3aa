import * as tf from '@tensorflow/tfjs';
import { topk, topkActivation, type TopkActivationOptions } from '../../../src/index.ts';
import { checkEqual } from '../checkEqual.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';
import { permutation } from '../permutation.ts';
import { rowsAlong } from '../rowsAlong.ts';

/** topkActivation: x times the mask of what topk selects. */
const { cases, it } = collectCases('topkActivation');
export { cases as activation };

const PROBLEMS: [shape: number[], k: number, options: TopkActivationOptions][] = [
  [[5], 2, {}],
  [[5], 0, {}],
  [[5], 5, { largest: false }],
  [[1], 1, {}],
  [[4, 6], 3, {}],
  [[4, 6], 2, { axis: 0, largest: false }],
  [[3, 4, 5], 2, { axis: 1 }],
  [[3, 4, 5], 1, { axis: -3, tieGradient: 'even' }],
  [[3, 1, 4], 3, { axis: 0, tieGradient: 'even' }],
];

/** 1 where topk selects, by index arithmetic. */
async function maskOf(x: tf.Tensor, k: number, { axis = -1, largest }: TopkActivationOptions) {
  const rows = await rowsAlong(topk(x, k, { axis, largest }).indices, axis);
  const n = x.shape.at(axis) ?? 0;
  return rows.map((at) => Array.from({ length: n }, (_, i) => (at.includes(i) ? 1 : 0)));
}

for (const [shape, k, options] of PROBLEMS) {
  const name = `[${shape.join(', ')}], k = ${String(k)}, ${JSON.stringify(options)}`;
  const axis = options.axis ?? -1;

  it(`keeps what topk selects where it is, and is zero elsewhere: ${name}`, async () => {
    for (const dtype of ['float32', 'int32'] as const) {
      const x = permutation(shape).sub(3).cast(dtype);
      const y = topkActivation(x, k, options);
      checkEqual([y.shape, y.dtype], [shape, dtype]);
      const mask = await maskOf(x, k, options);
      const rows = await rowsAlong(x, axis);
      const expected = rows.map((row, r) => row.map((entry, i) => (mask[r][i] ? entry : 0)));
      await checkTensor(await rowsAlong(y, axis), expected);
    }
  });

  // L = Σ c y³: dL/dx = 3 c y², and along ones the second order is 6 c y.
  it(`has the gradients of orders 1 and 2 of the mask times x: ${name}`, async () => {
    const x = permutation(shape).sub(3);
    const c = tf.range(1, x.size + 1).reshape(shape);
    const y = topkActivation(x, k, options);
    const gradient = tf.grad((x) => {
      const y = topkActivation(x, k, options);
      return y.mul(y).mul(y).mul(c).sum();
    });
    await checkTensor(gradient(x), y.mul(y).mul(c).mul(3));
    const second = tf.grad((x) => gradient(x).sum())(x);
    await checkTensor(second, y.mul(c).mul(6), { of: 'second order' });
  });
}

it('keeps the lower indices at a tie, and NaN and infinities as topk orders them', async () => {
  await checkTensor(topkActivation([1, 2, 2, 2], 2), [0, 2, 2, 0]);
  const x = [NaN, -Infinity, Infinity, 3];
  await checkTensor(topkActivation(x, 2), [NaN, 0, Infinity, 0]);
  await checkTensor(topkActivation(x, 2, { largest: false }), [0, -Infinity, 0, 3]);
});

it("has topk's two gradients at a tie", async () => {
  const x = tf.tensor1d([3, 1, 1, 1, 0]);
  const gradient = (options: TopkActivationOptions) =>
    tf.grad((x) => topkActivation(x, 2, options).square().sum())(x);
  await checkTensor(gradient({}), [6, 2, 0, 0, 0]);
  const tolerance = { absolute: 1e-5, relative: 1e-5 };
  await checkTensor(gradient({ tieGradient: 'even' }), [6, 2 / 3, 2 / 3, 2 / 3, 0], { tolerance });
});

it('is empty for an empty x, with an empty gradient', () => {
  const empty = tf.zeros([2, 0]);
  checkEqual(topkActivation(empty, 0).shape, [2, 0]);
  checkEqual(tf.grad((x) => topkActivation(x, 0))(empty).shape, [2, 0]);
});
