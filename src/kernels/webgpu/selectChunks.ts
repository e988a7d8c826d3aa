import type { TensorInfo } from '@tensorflow/tfjs-core';
import { indexAt, orderKey, orderUniforms, type Order } from './orderKey.ts';
import { PREFIX_SUMS } from './prefixSums.ts';
import { MAX_THREADS, runProgram, WORKGROUP_NUMBER, type WebgpuBackend } from './runProgram.ts';

/**
 * Cuts each row into chunks, and leaves the k first of each in `order`: one workgroup a chunk, by radix select.
 * Histograms of 11 (or 8) bits of the keys at a time find the k-th key; a stable compaction then keeps the entries
 * before it, and of those that equal it the ones of lowest index. Each chunk leaves min(k, its length), so there is
 * nothing to overflow.
 *
 * @param candidates indices `[rows, m]` in ascending order, or undefined for all.
 * @returns indices `[rows, …]`, in ascending order.
 */
export function selectChunks(
  backend: WebgpuBackend,
  x: TensorInfo,
  candidates: TensorInfo | undefined,
  order: Order,
  k: number,
): TensorInfo {
  const { rows, n } = order;
  const m = candidates ? candidates.shape[1] : n;
  const chunk = Math.min(m, chunkSize(k));
  const threads = Math.min(Math.max(16, 2 ** Math.ceil(Math.log2(chunk / RUN))), MAX_THREADS);
  const tiles = Math.ceil(chunk / (threads * RUN));
  const bits = tiles === 1 ? 8 : 11; // more tiles are read once for each digit, one is read once
  const chunks = Math.ceil(m / chunk);
  const left = (chunks - 1) * k + Math.min(k, m - (chunks - 1) * chunk);
  return runProgram(backend, {
    name: `select ${order.dtype} ${String(bits)}`,
    inputs: { x, ...(candidates && { candidates }) },
    outputShape: [rows, left],
    dtype: 'int32',
    workgroups: rows * chunks,
    threads,
    uniforms: { ...orderUniforms(order), m, k, chunk, chunks, tiles },
    code: [
      code(threads, bits),
      PREFIX_SUMS,
      indexAt(candidates),
      orderKey(order),
      WORKGROUP_NUMBER,
    ].join(''),
  });
}

/** A chunk is reduced to a sixteenth, but for a large k to no less than a half. */
export const chunkSize = (k: number): number => Math.min(Math.max(16 * k, 2 ** 12), 2 ** 16);

/** How many consecutive entries a thread holds: at most 32, the bits of a mask. */
const RUN = 32;

const code = (threads: number, bits: number) => `
  const THREADS = ${String(threads)}u;
  const BITS = ${String(bits)}u;
  const BINS = 1u << BITS;
  const PER_THREAD = BINS / THREADS;
  const RUN = ${String(RUN)};

  var<workgroup> bins : array<atomic<u32>, BINS>;
  var<workgroup> found : vec3<u32>;
  var<private> keys : array<u32, RUN>; // of entries from here on
  var<private> here : i32 = -1;

  fn main(thread : i32) {
    let row = workgroupNumber() / uniforms.chunks;
    let chunk = workgroupNumber() % uniforms.chunks;
    let start = chunk * uniforms.chunk;
    let end = select(start, min(start + uniforms.chunk, uniforms.m), row < uniforms.rows);

    // The key of the k-th entry, as far as mask goes, and how many of those that equal it are selected.
    var mask = 0u;
    var key = 0u;
    var ties = u32(min(uniforms.k, end - start));
    for (var shift = 32u; shift > 0u;) {
      shift -= min(shift, BITS);
      for (var bin = localIndex; bin < BINS; bin += THREADS) { atomicStore(&bins[bin], 0u); }
      workgroupBarrier();
      for (var tile = 0; tile < uniforms.tiles; tile++) {
        let length = readKeys(row, start, end, tile);
        for (var i = 0; i < length; i++) {
          if ((keys[i] & mask) == key) { atomicAdd(&bins[(keys[i] >> shift) % BINS], 1u); }
        }
      }
      workgroupBarrier();
      findBin(key, ties, shift);
      let now = workgroupUniformLoad(&found);
      key = now.x;
      ties = now.y;
      mask = 0xffffffffu << shift;
      if (now.z == ties) { break; } // all that agree so far are selected
    }

    let output = row * uniforms.outShape[1] + chunk * uniforms.k;
    var before = 0u;
    var tied = 0u;
    for (var tile = 0; tile < uniforms.tiles; tile++) {
      let length = readKeys(row, start, end, tile);
      var isBefore = 0u;
      var isTied = 0u;
      for (var i = 0; i < length; i++) {
        isBefore |= u32((keys[i] & mask) > key) << u32(i);
        isTied |= u32((keys[i] & mask) == key) << u32(i);
      }
      let count = countOneBits(isBefore) | (countOneBits(isTied) << 16u);
      let sums = prefixSums(count);
      var b = before + ((sums.x - count) & 0xffffu);
      var t = tied + ((sums.x - count) >> 16u);
      for (var bits = isBefore | isTied; bits != 0u; bits &= bits - 1u) {
        let i = firstTrailingBit(bits);
        let isOneBefore = ((isBefore >> i) & 1u) == 1u;
        if (isOneBefore || t < ties) {
          result[output + i32(b + min(t, ties))] = indexAt(row, here + i32(i));
        }
        if (isOneBefore) { b++; } else { t++; }
      }
      before += sums.y & 0xffffu;
      tied += sums.y >> 16u;
    }
  }

  // Reads this thread's run of a tile, unless it has it; returns how many entries there are.
  fn readKeys(row : i32, start : i32, end : i32, tile : i32) -> i32 {
    let first = start + (tile * i32(THREADS) + i32(localIndex)) * RUN;
    let length = min(RUN, end - first);
    if (first != here) {
      for (var i = 0; i < length; i++) { keys[i] = keyOf(row, indexAt(row, first + i)); }
      here = first;
    }
    return length;
  }

  // Finds the bin with the ties-th entry, from the last bin down. Each thread looks at PER_THREAD bins.
  fn findBin(key : u32, ties : u32, shift : u32) {
    let last = BINS - 1u - localIndex * PER_THREAD;
    var own = 0u;
    for (var i = 0u; i < PER_THREAD; i++) { own += atomicLoad(&bins[last - i]); }
    var before = prefixSums(own).x - own;
    if (before >= ties || before + own < ties) { return; }
    for (var i = 0u; i < PER_THREAD; i++) {
      let count = atomicLoad(&bins[last - i]);
      if (before + count >= ties) {
        found = vec3<u32>(key | ((last - i) << shift), ties - before, count);
        return;
      }
      before += count;
    }
  }
`;
