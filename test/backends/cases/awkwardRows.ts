import * as tf from '@tensorflow/tfjs';
import { topk } from '../../../src/index.ts';
import { isOnGpu } from '../../../src/util/isOnGpu.ts';
import { plainTopk } from '../../oracles/plainTopk.ts';
import { checkEqual } from '../checkEqual.ts';
import { collectCases } from '../collectCases.ts';

/** topk against a plain sort on more than 10 000 rows, many at a time, of the floats that are easily confused. */
const { cases, it } = collectCases('topk');
export { cases as awkwardRows };

/** Bits of NaN of both signs, infinities, zeros, the largest and smallest normal floats, and subnormal ones. */
const SPECIAL = [
  ...[0x7fc00000, 0xffc00001, 0x7f800000, 0xff800000, 0, 0x80000000],
  ...[0x7f7fffff, 0xff7fffff, 0x01000000, 0x81000000],
];
const SUBNORMAL = [1, 0x80000001, 0x7fffff]; // a GPU may take them as 0: SwiftShader's does

for (const [rows, n, k] of [
  [4000, 7, 3],
  [3500, 40, 4],
  [2500, 129, 20],
  [300, 300, 7],
  [300, 300, 2],
]) {
  it(`equals a plain sort on ${String(rows)} rows of ${String(n)} awkward floats, k = ${String(k)}`, async () => {
    const random = randomIntegers(n * k);
    const special = isOnGpu() ? SPECIAL : [...SPECIAL, ...SUBNORMAL];
    const bits = new Uint32Array(rows * n);
    for (let row = 0; row < rows; row++) {
      const exponent = (1 + (random() % 252)) << 23;
      for (let i = row * n; i < (row + 1) * n; i++) {
        const kind = (random() >>> 3) % 4;
        const sameExponent = exponent | (random() & (kind === 0 ? 3 : 0x7fffff)); // ties, or neighbours
        const sign = (random() >>> 5) % 8 === 0 ? 0x80000000 : 0;
        bits[i] =
          kind === 3 ? special[random() % special.length] : sign | (sameExponent + 0x800000);
      }
    }
    const data = new Float32Array(bits.buffer);
    const largest = n % 2 === 1;
    const { values, indices } = topk(tf.tensor2d(data, [rows, n]), k, { largest });
    const [v, at] = [await values.data(), await indices.data()];
    const wrong: number[] = [];
    for (let row = 0; row < rows; row++) {
      const entries = Array.from(data.subarray(row * n, (row + 1) * n));
      const expected = plainTopk(entries, k, largest).indices;
      const isRight = expected.every((index, i) => {
        const [value, entry] = [v[row * k + i], entries[index]];
        return (
          at[row * k + i] === index && (value === entry || (value !== value && entry !== entry))
        );
      });
      if (!isRight) wrong.push(row);
    }
    checkEqual(wrong.slice(0, 5), [], `rows that differ, of ${String(wrong.length)}`);
  });
}

/** Integers in [0, 2³¹), the same in every run: a linear congruential generator. */
function randomIntegers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647);
}
