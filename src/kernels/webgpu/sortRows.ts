import type { TensorInfo } from '@tensorflow/tfjs-core';
import { indexAt, orderKey, orderUniforms, type Order } from './orderKey.ts';
import { MAX_THREADS, runProgram, WORKGROUP_NUMBER, type WebgpuBackend } from './runProgram.ts';

/**
 * The k first of the candidates in `order`, sorted: a stable merge sort, in which each entry finds its own rank. A
 * workgroup sorts a tile by counting, for each entry, those before it. In two sorted runs an entry's rank is its place
 * in its own run and, by bisection, in the other. Stability puts equal keys in the order of their indices.
 *
 * @param candidates indices `[rows, m]` in ascending order, or undefined for all.
 * @returns indices `[rows, k]`.
 */
export function sortRows(
  backend: WebgpuBackend,
  x: TensorInfo,
  candidates: TensorInfo | undefined,
  order: Order,
  k: number,
): TensorInfo {
  const { rows, n } = order;
  const m = candidates ? candidates.shape[1] : n;
  const tiles = Math.ceil(m / TILE);
  const lengthAfter = (run: number) => (run >= m ? k : m);
  const uniforms = { ...orderUniforms(order), m };

  let sorted = runProgram(backend, {
    name: `sort ${order.dtype}`,
    inputs: { x, ...(candidates && { candidates }) },
    outputShape: [rows, lengthAfter(TILE)],
    dtype: 'int32',
    workgroups: rows * tiles,
    threads: MAX_THREADS,
    uniforms: { ...uniforms, tiles },
    code: SORT_TILE + indexAt(candidates) + orderKey(order) + WORKGROUP_NUMBER,
  });
  for (let run = TILE; run < m; run *= 2) {
    const merged = runProgram(backend, {
      name: `merge ${order.dtype}`,
      inputs: { x, candidates: sorted },
      outputShape: [rows, lengthAfter(2 * run)],
      dtype: 'int32',
      workgroups: Math.ceil((rows * m) / 64),
      threads: 64,
      uniforms: { ...uniforms, run },
      code: MERGE + orderKey(order),
    });
    backend.disposeData(sorted.dataId);
    sorted = merged;
  }
  return sorted;
}

/** What one workgroup sorts: its keys take 1 kB. */
const TILE = 256;

const SORT_TILE = `
  const TILE = ${String(TILE)};
  const THREADS = ${String(MAX_THREADS)};
  var<workgroup> keys : array<u32, TILE>;

  fn main(thread : i32) {
    let row = workgroupNumber() / uniforms.tiles;
    let start = workgroupNumber() % uniforms.tiles * TILE;
    let length = select(0, min(TILE, uniforms.m - start), row < uniforms.rows);
    for (var i = i32(localIndex); i < length; i += THREADS) {
      keys[i] = keyOf(row, indexAt(row, start + i));
    }
    workgroupBarrier();
    for (var i = i32(localIndex); i < length; i += THREADS) {
      let key = keys[i];
      var rank = start;
      for (var j = 0; j < i; j++) { rank += i32(keys[j] >= key); }
      for (var j = i + 1; j < length; j++) { rank += i32(keys[j] > key); }
      if (rank < uniforms.outShape[1]) {
        result[row * uniforms.outShape[1] + rank] = indexAt(row, start + i);
      }
    }
  }
`;

const MERGE = `
  fn main(thread : i32) {
    let row = thread / uniforms.m;
    if (row >= uniforms.rows) { return; }
    let i = thread % uniforms.m;
    let run = uniforms.run;
    let start = i - i % (2 * run);
    let isSecond = i - start >= run;
    // Of the other run, those before this entry: in the first run equal ones too.
    var low = select(start + run, start, isSecond);
    var high = min(low + run, uniforms.m);
    var rank = i - select(0, run, isSecond) - low;
    let index = candidates[thread];
    let key = keyOf(row, index);
    while (low < high) {
      let middle = (low + high) / 2;
      let other = keyOf(row, candidates[row * uniforms.m + middle]);
      if (other > key || (isSecond && other == key)) { low = middle + 1; } else { high = middle; }
    }
    rank += low;
    if (rank < uniforms.outShape[1]) { result[row * uniforms.outShape[1] + rank] = index; }
  }
`;
