import * as tf from '@tensorflow/tfjs';
import { samplePlan } from './samplePlan.ts';

/** The seed of the samples for which some of the rows are hard. */
export const SEED = 12345;

/** Rows that are hard for a selection by threshold, each of n numbers. */
export function hardRows(n: number, k: number): { title: string; row: number[] }[] {
  const random = Array.from(tf.randomNormal([n], 0, 1, 'float32', n + k).dataSync());
  const uniform = Array.from(tf.randomUniform([n], 0, 1, 'float32', n - k).dataSync());
  const ascending = Array.from(Float32Array.from(random).sort());
  const sampled = new Set(samplePlan(n, k, SEED).indices);
  const withShare = (share: number, value: number) =>
    random.map((entry, i) => (uniform[i] < share ? value : entry));
  return [
    { title: 'random', row: random },
    { title: 'ascending', row: ascending },
    { title: 'descending', row: ascending.toReversed() },
    { title: 'equal', row: random.map(() => 1.5) },
    { title: 'few distinct', row: random.map((entry) => Math.round(entry)) },
    { title: 'zeros of both signs', row: random.map((entry) => (entry < 0 ? -0 : 0)) },
    { title: 'half NaN', row: withShare(0.5, NaN) },
    { title: 'a few NaN', row: withShare(4 / n, NaN) },
    { title: 'all NaN', row: random.map(() => NaN) },
    { title: 'infinities', row: random.map((e) => (e > 1 ? Infinity : e < -1 ? -Infinity : e)) },
    { title: 'all but a few −Infinity', row: withShare(1 - 3 / n, -Infinity) },
    { title: 'half Infinity', row: withShare(0.5, Infinity) },
    { title: 'half the largest float', row: withShare(0.5, (2 - 2 ** -23) * 2 ** 127) },
    { title: 'a period of 64', row: random.map((_, i) => i % 64) },
    {
      title: 'large where the selection samples',
      row: random.map((e, i) => Math.fround(e + (sampled.has(i) ? 100 : 0))),
    },
    {
      title: 'small where the selection samples',
      row: random.map((e, i) => Math.fround(e - (sampled.has(i) ? 100 : 0))),
    },
  ];
}

/** n and k around every limit of the kernels: blocks, groups, samples, sorting. */
export const SIZES: [n: number, k: number][] = [
  [1, 1],
  [5, 2],
  [15, 15],
  [31, 10],
  [32, 10],
  [32, 11],
  [16, 3],
  [17, 1],
  [63, 16],
  [64, 16],
  [64, 21],
  [65, 17],
  [100, 100],
  [127, 42],
  [128, 42],
  [130, 65],
  [256, 85],
  [257, 86],
  [500, 16],
  [1000, 64],
  [1000, 400],
  [1023, 20],
  [1024, 20],
  [1024, 128],
  [1025, 129],
  [8191, 50],
  [8192, 1],
  [8192, 128],
  [8193, 128],
  [8195, 50],
  [8200, 1024],
  [9000, 4100],
  [9001, 9001],
];

/** Numbers, and NaN with either sign bit, since 0/0 gives either. */
export function withBothNaN(n: number): Float32Array {
  const row = tf.randomNormal([n], 0, 1, 'float32', n).dataSync<'float32'>();
  const bits = new Int32Array(row.buffer, row.byteOffset, n);
  for (let i = 0; i < n; i++) if (i % 4 < 2) bits[i] = i % 4 === 0 ? 0x7fc00000 : -0x400000;
  return row;
}

/** The first index at which two lists differ, −0 from 0 too, or −1. On long lists toEqual is slow. */
export function differenceAt(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) if (!Object.is(a[i], b[i])) return i;
  return -1;
}
