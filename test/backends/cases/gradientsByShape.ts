import * as tf from '@tensorflow/tfjs';
import { topk, type TopkOptions } from '../../../src/index.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';
import { permutation } from '../permutation.ts';

/** The gradients of orders 1 and 2 by shape, k, axis, direction and order. */
const { cases, it } = collectCases('topk');
export { cases as gradientsByShape };

const PROBLEMS: [shape: number[], k: number, options: TopkOptions][] = [
  [[5, 10, 5], 3, {}],
  [[5, 10, 5], 3, { axis: 1 }],
  [[5, 10, 5], 3, { axis: -2 }],
  [[5, 10, 5], 3, { largest: false }],
  [[5, 10, 5], 3, { sorted: false }],
  [[5, 10, 5], 3, { axis: 0, largest: false }],
  [[4], 1, {}],
  [[4], 3, {}],
  [[4], 3, { axis: 0 }],
  [[5, 5], 1, {}],
  [[5, 5], 1, { axis: 0 }],
  [[5, 5], 3, { axis: 0 }],
  [[3, 1, 4], 1, { axis: 0 }],
  [[3, 1, 4], 3, { axis: 0 }],
  [[3, 1, 4], 3, {}],
  [[5, 10, 5], 8, { axis: 1, sorted: false, largest: false }],
];

// L = Σ c v³: dL/dx = 3 c v² and the Hessian's diagonal 6 c v at the selected indices.
for (const [shape, k, options] of PROBLEMS) {
  const name = `[${shape.join(', ')}], k = ${String(k)}, ${JSON.stringify(options)}`;
  it(`has the gradients of orders 1 and 2 for ${name}`, async () => {
    const x = permutation(shape).div(10).sub(2);
    const loss = (x: tf.Tensor) => {
      const v = topk(x, k, options).values;
      const c = tf.range(1, v.size + 1).reshape(v.shape);
      return v.mul(v).mul(v).mul(c).sum();
    };
    const [data, indices] = [await x.data(), await topk(x, k, options).indices.data()];
    const axis = (options.axis ?? -1) + ((options.axis ?? -1) < 0 ? shape.length : 0);
    const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const first = new Float64Array(x.size);
    const second = new Float64Array(x.size);
    indices.forEach((index, i) => {
      const outer = Math.floor(i / (inner * k));
      const at = (outer * shape[axis] + index) * inner + (i % inner);
      first[at] = 3 * (i + 1) * data[at] ** 2;
      second[at] = 6 * (i + 1) * data[at];
    });
    const tolerance = { absolute: 1e-5, relative: 1e-5 };
    await checkTensor(tf.grad(loss)(x).flatten(), first, { of: 'gradient', tolerance });
    const curvature = tf.grad((x) => tf.grad(loss)(x).sum())(x);
    await checkTensor(curvature.flatten(), second, { of: 'second order', tolerance });
  });
}
