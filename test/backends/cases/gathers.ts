import * as tf from '@tensorflow/tfjs';
import { topk } from '../../../src/index.ts';
import { checkTensor } from '../checkTensor.ts';
import { collectCases } from '../collectCases.ts';
import { permutation } from '../permutation.ts';

/** The gradients of tf.gather and tf.gatherND, at indices of top-k and at any others. */
const { cases, it } = collectCases('this package');
export { cases as gathers };

it('differentiates tf.gatherND at one index, and of slices', async () => {
  const x = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const gradient = (indices: tf.Tensor) => {
    const f = (x: tf.Tensor) =>
      tf
        .gatherND(x, indices as tf.Tensor1D)
        .square()
        .sum();
    return tf.grad(f)(x);
  };
  await checkTensor(gradient(tf.tensor1d([1, 0], 'int32')), [
    [0, 0],
    [6, 0],
  ]);
  await checkTensor(gradient(tf.tensor2d([[1], [1]], [2, 1], 'int32')), [
    [0, 0],
    [12, 16],
  ]);
});

it('differentiates tf.gather at one index, and along a negative axis', async () => {
  const x = tf.tensor2d([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const one = tf.grad((x) => tf.gather(x, tf.scalar(2, 'int32'), 1).square().sum());
  await checkTensor(one(x), [
    [0, 0, 6],
    [0, 0, 12],
  ]);
  const rule = tf.getGradient(tf.GatherV2).gradFunc;
  const indices = tf.tensor2d([[2], [0]], [2, 1], 'int32');
  const dy = tf.tensor2d([[10], [20]]);
  const dx = rule(dy, [x, indices], { axis: -1, batchDims: -1 }).x();
  const expected = [
    [0, 0, 10],
    [20, 0, 0],
  ];
  await checkTensor(dx, expected);
  // batchDims counts from the rank of indices, axis from that of x.
  const dColumns = rule(dy.expandDims(2), [x.expandDims(2), indices], { axis: -2, batchDims: -1 });
  await checkTensor(dColumns.x().squeeze([2]), expected);
});

it('differentiates tf.gather and tf.gatherND at the indices of topk as it does topk’s values', async () => {
  const y = tf.tensor1d([3, 1, 2, 5]);
  const expected = [6, 0, 0, 10];
  const byGather = (y: tf.Tensor) => tf.gather(y, topk(y, 2).indices).square().sum();
  const byStock = (y: tf.Tensor) => tf.gather(y, tf.topk(y, 2).indices).square().sum();
  const byGatherND = (y: tf.Tensor) =>
    tf.gatherND(y, topk(y, 2).indices.expandDims(1)).square().sum();
  for (const loss of [byGather, byStock, byGatherND]) {
    await checkTensor(tf.grad(loss)(y), expected);
    const curvature = tf.grad((y) => tf.grad(loss)(y).sum());
    await checkTensor(curvature(y), [2, 0, 0, 2], { of: 'second order' });
  }
});

it('differentiates a batched tf.gather at the indices of topk as it does topk’s values', async () => {
  for (const [shape, batchDims] of [
    [[3, 4], 1],
    [[2, 3, 4], 2],
  ] as [number[], number][]) {
    if (!isGatherRight(batchDims)) continue;
    const x = permutation(shape, 5);
    const byGather = (x: tf.Tensor) =>
      tf.gather(x, topk(x, 2).indices, batchDims, batchDims).square().sum();
    const byValues = (x: tf.Tensor) => topk(x, 2).values.square().sum();
    await checkTensor(tf.grad(byGather)(x), tf.grad(byValues)(x));
  }
});

/** tfjs's own tf.gather reads beyond its rows on wasm, with one and more batch dimensions. */
function isGatherRight(batchDims: number): boolean {
  return tf.getBackend() !== 'wasm' || batchDims === 0;
}

// Every axis, every number of batch dimensions, repeated indices, indices of rank 1 to 3: the
// rule against index arithmetic in plain code.
for (const [shape, indexShape, axis, batchDims] of [
  [[5], [3], 0, 0],
  [[5], [2, 2], 0, 0],
  [[50, 3], [40], 0, 0],
  [[3, 4], [5], 0, 0],
  [[3, 4], [5], 1, 0],
  [[3, 4], [3, 5], 1, 1],
  [[2, 3, 4], [6], 1, 0],
  [[2, 3, 4], [2, 2], 1, 1],
  [[2, 3, 4], [2, 5], 2, 1],
  [[2, 3, 4], [2, 3, 5], 2, 2],
  [[2, 3, 4, 2], [2, 3, 3], 2, 2],
  [[2, 3, 4, 2], [2, 2, 2], 2, 1],
] as [number[], number[], number, number][]) {
  const name = `[${shape.join(', ')}] at [${indexShape.join(', ')}], axis ${String(axis)}, batchDims ${String(batchDims)}`;
  it(`differentiates tf.gather of ${name}, twice`, async () => {
    const size = (dims: number[]) => dims.reduce((a, b) => a * b, 1);
    const x = tf.range(1, size(shape) + 1).reshape(shape);
    const list = Array.from({ length: size(indexShape) }, (_, i) => (i * i + 1) % shape[axis]);
    const indices = tf.tensor(list, indexShape, 'int32');
    const gather = (x: tf.Tensor) => tf.gather(x, indices, axis, batchDims);
    const ys = [...shape.slice(0, axis), ...indexShape.slice(batchDims), ...shape.slice(axis + 1)];
    const dy = tf.range(1, size(ys) + 1).reshape(ys);

    const [B, O] = [size(shape.slice(0, batchDims)), size(shape.slice(batchDims, axis))];
    const [I, J] = [size(shape.slice(axis + 1)), size(indexShape.slice(batchDims))];
    const sums = new Float32Array(x.size);
    const upstream = await dy.data();
    for (let b = 0, from = 0; b < B; b++) {
      for (let o = 0; o < O; o++) {
        for (let j = 0; j < J; j++) {
          for (let i = 0; i < I; i++, from++) {
            sums[((b * O + o) * shape[axis] + list[b * J + j]) * I + i] += upstream[from];
          }
        }
      }
    }
    const expected = tf.tensor(sums, shape);
    const rule = tf.getGradient(tf.GatherV2).gradFunc(dy, [x, indices], { axis, batchDims });
    await checkTensor(rule.x(), expected, { of: 'the rule itself' });
    if (!isGatherRight(batchDims)) return;
    await checkTensor(tf.grad(gather)(x, dy), expected);
    // L = Σ dy · gather(x)²/2 has the Hessian's diagonal dx(dy).
    const loss = (x: tf.Tensor) => gather(x).square().mul(dy).div(2).sum();
    const curvature = tf.grad((x) => tf.grad(loss)(x).sum());
    await checkTensor(curvature(x), expected, { of: 'second order' });
  });
}
