import * as tf from '@tensorflow/tfjs';
import { selectionMatrix, topk, weightedRows } from '../../../src/index.ts';
import { checkEqual } from '../checkEqual.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';

/** weightedRows against products with the selection matrix, for small integers: every sum is exact. */
const { cases, it } = collectCases('weightedRows');
export { cases as weighted };

const integers = (shape: number[], seed: number, below = 4) =>
  tf.randomUniform(shape, -3, below, 'float32', seed).floor();

/** More selected rows than D has, and fewer: tfjs keeps D for the gradient, or these rows. */
const SHAPES: [n: number, d: number, k: number, b?: number][] = [
  [1, 1, 1],
  [5, 3, 2],
  [5, 9, 7],
  [9, 17, 3, 2],
  [6, 5, 4, 3],
  [40, 33, 8, 4],
  [5, 4, 0],
  [5, 4, 0, 2],
  [5, 4, 2, 0],
];

for (const [n, d, k, b] of SHAPES) {
  const name = `D [${String(n)}, ${String(d)}], indices [${String(b === undefined ? k : [b, k])}]`;
  const shape = b === undefined ? [k] : [b, k];
  const D = () => integers([n, d], 1);
  const v = () => integers(shape, 2);
  const indices = () => tf.randomUniform(shape, 0, n, 'float32', 3).floor().cast('int32');
  /** Σⱼ vⱼ P D, by broadcasting. */
  const plain = (D: tf.Tensor, v: tf.Tensor) => {
    const weights = selectionMatrix(indices(), n).mul(v.expandDims(-1)).sum(-2); // […, n]
    return weights.expandDims(-1).mul(D).sum(-2);
  };

  it(`adds up the rows times their values: ${name}`, async () => {
    const y = weightedRows(D(), indices(), v());
    checkEqual([y.shape, y.dtype], [b === undefined ? [d] : [b, d], 'float32']);
    if (k * (b ?? 1) > 0) await checkTensor(y, plain(D(), v()));
    else await checkTensor(y, tf.zeros(y.shape));
  });

  if (k * (b ?? 1) === 0) continue;

  it(`has the gradients of the selection matrix in D and values, to order 2: ${name}`, async () => {
    const squares =
      (f: typeof plain) =>
      (D: tf.Tensor, v: tf.Tensor): tf.Scalar => {
        const y = f(D, v);
        return y.mul(y).sum();
      };
    const gradients = (f: typeof plain) => tf.grads(squares(f))([D(), v()]);
    const ours = (D: tf.Tensor, v: tf.Tensor) => weightedRows(D, indices(), v);
    const [found, expected] = [gradients(ours), gradients(plain)];
    await checkTensor(found[0], expected[0], { of: 'dD' });
    await checkTensor(found[1], expected[1], { of: 'dvalues' });
    const directions = [integers([n, d], 4), integers(shape, 5)];
    const second = (f: typeof plain) =>
      tf.grads((D: tf.Tensor, v: tf.Tensor) => {
        const [dD, dv] = tf.grads(squares(f))([D, v]);
        return dD.mul(directions[0]).sum().add(dv.mul(directions[1]).sum());
      })([D(), v()]);
    const [hessian, plainHessian] = [second(ours), second(plain)];
    await checkTensor(hessian[0], plainHessian[0], { of: 'second order in D' });
    await checkTensor(hessian[1], plainHessian[1], { of: 'second order in values' });
  });
}

// The indices are on the tape where topk made them of x: they carry no gradient.
for (const n of [2, 4, 40]) {
  it(`is differentiable in what its indices and values were selected from, n = ${String(n)}`, async () => {
    const D = integers([n, 3], 1);
    const x = tf.range(0, n).mul(7).add(3).mod(41); // distinct
    const decode = (x: tf.Tensor): tf.Scalar => {
      const { values, indices } = topk(x, 2);
      return weightedRows(D, indices, values).square().sum();
    };
    const plain = (x: tf.Tensor): tf.Scalar =>
      x.mul(tf.oneHot(topk(x, 2).indices, n).sum(0)).expandDims(0).matMul(D).square().sum(); // prettier-ignore
    await checkTensor(tf.grad(decode)(x), tf.grad(plain)(x));
    const second = (f: typeof decode) => tf.grad((x: tf.Tensor) => tf.grad(f)(x).square().sum())(x);
    await checkTensor(second(decode), second(plain), { of: 'second order' });
  });
}

it('has the gradient 0 in D if nothing is selected', async () => {
  for (const shape of [[0], [3, 0], [0, 3]]) {
    const [indices, values] = [tf.zeros(shape, 'int32'), tf.zeros(shape)];
    const dy = tf.ones([...shape.slice(0, -1), 2]);
    const dD = tf.grad((D: tf.Tensor) => weightedRows(D, indices, values))(tf.ones([4, 2]), dy);
    await checkTensor(dD, tf.zeros([4, 2]));
  }
});
