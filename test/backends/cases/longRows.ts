import * as tf from '@tensorflow/tfjs';
import { installFastKernels, rowSparseGrads, topk, topkLinear } from '../../../src/index.ts';
import { plainTopk } from '../../oracles/plainTopk.ts';
import { checkEqual } from '../checkEqual.ts';
import { checkTensor } from '../checkTensor.ts';
import { checkTopk } from '../checkTopk.ts';
import { collectCases } from '../collectCases.ts';

/** Rows that are cut into chunks and tiles, or that are many: lengths around every limit of the kernels. */
const { cases, it } = collectCases('topk');
export { cases as longRows };

/** tfjs's own kernel on webgl, which topk uses there, sorts so many for minutes in software. */
const isTooSlow = (k: number) => tf.getBackend() === 'webgl' && k > 128;

const LENGTHS = [
  ...[31, 32, 33, 127, 128, 129, 255, 256, 257, 511, 512, 513],
  ...[4095, 4096, 4097, 8193, 65_535, 65_536, 65_537],
];

for (const n of LENGTHS) {
  it(`selects 1, a few, half, and all but one of ${String(n)} numbers, and all`, async () => {
    const uniform = await tf.randomUniform([n], -1, 1, 'float32', n).data<'float32'>();
    const withTies = uniform.map((entry) => Math.round(8 * entry) / 8);
    const integers = Int32Array.from(uniform, (entry) => entry * 2 ** 31);
    const ks = [1, Math.ceil(n / 40), Math.floor(n / 2), n - 1, n];
    for (const row of [uniform, withTies, integers]) {
      const isInteger = row === integers;
      if (isInteger && tf.getBackend() === 'webgl') continue; // exact to 2²⁴ only
      const x = tf.tensor1d(row, isInteger ? 'int32' : 'float32');
      const sorted = [true, false].map((largest) => plainTopk(Array.from(row), n, largest));
      for (const [i, k] of ks.entries()) {
        if (isTooSlow(k)) continue;
        const { values, indices } = sorted[i % 2];
        const expected = { values: values.slice(0, k), indices: indices.slice(0, k) };
        await checkTopk(x, k, expected, { largest: i % 2 === 0 });
      }
    }
  });
}

it('selects 2048 of all 2²⁰ floats in [1, 1.125), shuffled, which no sample tells apart', async () => {
  if (isTooSlow(2048)) return;
  const [n, k] = [2 ** 20, 2048];
  const bits = Uint32Array.from({ length: n }, (_, i) => 0x3f800000 + ((i * 7919) % n));
  const expected = Int32Array.from({ length: k });
  for (let i = 0; i < n; i++) {
    const rank = 0x3f800000 + n - 1 - bits[i];
    if (rank < k) expected[rank] = i;
  }
  await checkTopk(tf.tensor1d(new Float32Array(bits.buffer)), k, { indices: expected });
});

it('takes the lowest indices of thousands that tie at the threshold', async () => {
  const n = 100_000;
  const row = Float32Array.from({ length: n }, (_, i) => (i % 10 === 7 ? 1 : 0));
  const ones = Int32Array.from({ length: n / 10 }, (_, i) => 10 * i + 7);
  const others = Int32Array.from({ length: 8 }, (_, i) => (i < 7 ? i : i + 1));
  for (const k of [1, 100, 5000, ones.length, ones.length + 8]) {
    if (isTooSlow(k)) continue;
    const indices = new Int32Array([...ones, ...others].slice(0, k));
    await checkTopk(tf.tensor1d(row), k, { indices });
  }
});

it('takes the lowest index of equal entries, each beside a larger one that comes in another order', async () => {
  const row = new Float32Array(10_000);
  row.set([5, 3], 100);
  row.set([7, 3], 5000);
  row.set([9, 3], 9000);
  const order = [9000, 5000, 100, 101, 5001, 9001, 0];
  for (const k of [4, 5, 7]) await checkTopk(tf.tensor1d(row), k, { indices: order.slice(0, k) });
});

it('selects from more rows than a GPU takes in one dimension', async () => {
  const rows = 65_537;
  const data = Float32Array.from({ length: 3 * rows }, (_, i) => (i * 5) % 7);
  const largest = Int32Array.from({ length: rows }, (_, row) => {
    const three = data.subarray(3 * row, 3 * row + 3);
    return three.indexOf(Math.max(...three));
  });
  const indices = tf.tensor2d(largest, [rows, 1]);
  await checkTopk(tf.tensor2d(data, [rows, 3]), 1, { indices });
});

for (const [n, k] of [
  [128, 5],
  [129, 5],
  [129, 65],
]) {
  it(`gives each of more than 65 535 rows of ${String(n)} what is its own, k = ${String(k)}`, async () => {
    // On webgpu these workgroups are more than one dimension takes. It is slow in software, so it runs once.
    if (tf.getBackend() !== 'webgpu' || tf.env().getBool('WEBGPU_CPU_FORWARD')) return;
    const rows = 65_537;
    const entry = (row: number, i: number) => (5 * i + row) % 131; // of 131 each once, but for 131 − n
    const data = Float32Array.from({ length: rows * n }, (_, i) => entry(Math.floor(i / n), i % n));
    const expected = new Int32Array(rows * k);
    for (let row = 0, to = 0; row < rows; row++) {
      for (let value = 130; to < (row + 1) * k; value--) {
        const i = ((value + 131 - (row % 131)) * 105) % 131; // 5 · 105 = 1, modulo 131
        if (i < n) expected[to++] = i;
      }
    }
    const x = tf.tensor2d(data, [rows, n]);
    const { values, indices } = topk(x, k);
    const at = await indices.data();
    checkEqual(at.findIndex((index, i) => index !== expected[i]), -1, 'the first index that differs'); // prettier-ignore
    const isWrong = (value: number, i: number) => value !== entry(Math.floor(i / k), expected[i]);
    checkEqual((await values.data<'float32'>()).findIndex(isWrong), -1, 'the first value that differs'); // prettier-ignore
    tf.dispose([x, values, indices]);
  });
}

it('returns the memory of the device, with gradients of values, of topkLinear and of RowSparse', async () => {
  const used = async () => {
    const y = x.add(1);
    await y.data(); // tfjs frees what a submitted queue no longer needs
    y.dispose();
    const { numTensors, numBytesInGPU } = tf.memory() as tf.MemoryInfo & { numBytesInGPU?: number };
    return [numTensors, numBytesInGPU];
  };
  const x = tf.randomNormal([2, 9000], 0, 1, 'float32', 1);
  const W = tf.randomNormal<tf.Rank.R2>([600, 8], 0, 1, 'float32', 2);
  const batch = tf.randomNormal<tf.Rank.R2>([200, 8], 0, 1, 'float32', 3);
  const squares = ({ values }: { values: tf.Tensor }): tf.Scalar => values.square().sum();
  const ks = [3, 1500, 8000].filter((k) => !isTooSlow(k));
  const calls: (() => tf.Tensor[])[] = [
    ...ks.map((k) => () => Object.values(topk(x, k))),
    ...ks.map((k) => () => [tf.grad((x) => squares(topk(x, k)))(x)]),
    () => tf.grads((W: tf.Tensor, x: tf.Tensor) => squares(topkLinear(W, x, 5)))([W, batch]),
    () => tf.tidy(() => [rowSparseGrads(W, batch, 5, (v) => v.square().sum()).dW.dense()]),
  ];
  const run = async () => {
    for (const call of calls) {
      const outputs = call();
      for (const output of outputs) await output.data();
      tf.dispose(outputs);
    }
    return used();
  };
  const before = await run(); // what it runs on is then on the device
  checkEqual(await run(), before, 'tensors, and bytes on the device');
});

it('gives its order to tf.topk, while the fast kernels are installed', async () => {
  if (['webgl', 'tensorflow'].includes(tf.getBackend())) return; // there are none for these
  const x = tf.tensor1d(
    Float32Array.from({ length: 3000 }, (_, i) => (i % 1000 === 5 ? NaN : i % 7)),
  );
  const uninstall = installFastKernels();
  try {
    await checkTensor(tf.topk(x, 5).indices, [5, 1005, 2005, 6, 13]);
  } finally {
    uninstall();
  }
});
