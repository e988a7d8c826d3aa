import { LINEAR } from '../wasm/binaries.ts';
import { ownModule } from '../wasm/ownModule.ts';

/** How many elements of W are copied at a time, 1 MB: from the nearest caches they are read again. */
const PANEL = 2 ** 18;
/** How many elements of x are multiplied by a panel. */
const MAX_X = 2 ** 16;

/**
 * x Wᵀ `[b, n]`, from W `[n, d]` and x `[b, d]`, by the wasm module on a memory of its own, into which rows of W are
 * copied. Undefined where that is unavailable.
 */
export function products(W: Float32Array, x: Float32Array, d: number): Float32Array | undefined {
  const [n, b] = [W.length / d, x.length / d];
  const rows = Math.min(n, Math.max(2, Math.floor(PANEL / d)));
  const examples = Math.min(b, Math.max(4, Math.floor(MAX_X / d)));
  const [xs, ys, scratch] = [
    rows * d,
    (rows + examples) * d,
    (rows + examples) * d + examples * rows,
  ];
  const own = ownModule(LINEAR, () => scratch + examples * d);
  if (!own) return undefined;
  const { memory, functions } = own;
  const numbers = new Float32Array(memory.buffer);
  const Wx = new Float32Array(b * n);
  for (let e = 0; e < b; e += examples) {
    const m = Math.min(examples, b - e);
    numbers.set(x.subarray(e * d, (e + m) * d), xs);
    for (let i = 0; i < n; i += rows) {
      const some = Math.min(rows, n - i);
      numbers.set(W.subarray(i * d, (i + some) * d), 0);
      functions.dots(0, 4 * xs, 4 * ys, some, d, m, 4 * scratch);
      for (let j = 0; j < m; j++) {
        Wx.set(numbers.subarray(ys + j * some, ys + (j + 1) * some), (e + j) * n + i);
      }
    }
  }
  return Wx;
}
