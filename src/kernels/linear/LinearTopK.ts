import {
  add,
  cast,
  dot,
  fill,
  greater,
  matMul,
  scalar,
  tidy,
  transpose,
  where,
  type KernelBackend,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { readFloats } from '../readFloats.ts';
import { runKernel, type Kernel } from '../runKernel.ts';
import { selectLargest } from '../select/selectLargest.ts';
import { TotalOrderTopK } from '../topk/TotalOrderTopK.ts';
import { LINEAR, SELECTION } from '../wasm/binaries.ts';
import { addressOf, allocate, wasmFunctions, type WasmBackend } from '../wasm/tfjsMemory.ts';
import { checkDataDtypes } from './checkDataDtypes.ts';
import { products } from './products.ts';

/**
 * W `[n, d]` and x `[d]` or `[b, d]`, neither empty; a bias `[n]`; and which entries may be selected, `[n]` or
 * `[b, n]`.
 */
export type LinearInputs = Record<'W' | 'x', Tensor> & Partial<Record<'bias' | 'mask', Tensor>>;

interface Call {
  inputs: LinearInputs;
  attrs: { k: number };
  backend: KernelBackend;
}

/** The kernel of `topkLinear`: top-k of Wx + bias, where entries that the mask leaves out are −Infinity; k ≥ 1. */
export const LinearTopK: Kernel<Call['inputs'], Call['attrs']> = {
  name: 'LinearTopK',
  any: topkOfProduct,
  cpu: topkOfProductOnCpu,
  wasm: topkOfProductOnWasm,
};

function topkOfProduct({ inputs: { W, x, bias, mask }, attrs: { k } }: Call): Tensor[] {
  return tidy(() => {
    const Wx = product(W, x);
    const y = bias ? add(Wx, bias) : Wx;
    // tfjs's backends disagree on bytes other than 0 and 1, which a mask made of a typed array may hold.
    const allowed = mask && greater(cast(mask, 'int32'), scalar(0, 'int32'));
    const masked = allowed ? where(allowed, y, fill(y.shape, -Infinity)) : y;
    return runKernel(TotalOrderTopK, { x: masked }, { k, sorted: true });
  });
}

/**
 * x Wᵀ by tfjs, where the smaller factor is transposed: transposing a W of many rows takes tfjs twice as long on
 * tensorflow, and ten times as long on wasm.
 */
function product(W: Tensor, x: Tensor): Tensor {
  if (x.rank === 1) return dot(W, x);
  const [n, b] = [W.shape[0], x.shape[0]];
  return n < b ? matMul(x, transpose(W)) : transpose(matMul(W, transpose(x)));
}

/** With x Wᵀ by the wasm module on a memory of its own, or by tfjs where that is unavailable. */
function topkOfProductOnCpu(call: Call): TensorInfo[] {
  const { W, x, bias, mask } = call.inputs;
  const { k } = call.attrs;
  const [n, d] = W.shape as [number, number];
  const y = products(readFloats(W), readFloats(x), d);
  if (!y) return topkOfProduct(call);
  adjust(y, n, bias && readFloats(bias), mask?.dataSync<'bool'>());
  const { values, indices } = selectLargest(y, n, { k, sorted: true });
  const shape = [...x.shape.slice(0, -1), k];
  return [
    { dataId: call.backend.write(values, shape, 'float32'), shape, dtype: 'float32' },
    { dataId: call.backend.write(indices, shape, 'int32'), shape, dtype: 'int32' },
  ];
}

/** The maximum number of elements of Wx held at once, 64 MB, unless four examples need more. */
const MAX_PRODUCTS = 2 ** 24;
/** The maximum number of elements of x that each row of W is multiplied by while it is in the cache. */
const MAX_X = 2 ** 16;
/** assembly/dots multiplies this many examples at once. */
const AT_ONCE = 4;

/** Reads W in place, in SIMD, and holds Wx of a few examples at a time. */
function topkOfProductOnWasm(call: Call): TensorInfo[] {
  const { W, x, bias, mask } = call.inputs;
  const { k } = call.attrs;
  const backend = call.backend as WasmBackend;
  checkDataDtypes(call.inputs);
  const linear = wasmFunctions(backend, LINEAR);
  const selection = wasmFunctions(backend, SELECTION);
  if (!linear || !selection) return topkOfProduct(call);

  const [n, d] = W.shape;
  const examples = x.size / d;
  const most = Math.floor(Math.min(MAX_PRODUCTS / n, MAX_X / d) / AT_ONCE);
  const block = Math.min(examples, AT_ONCE * Math.max(1, most));
  const shape = [...x.shape.slice(0, -1), k];
  const outputs = [
    { shape, dtype: 'float32' as const },
    { shape, dtype: 'int32' as const },
  ];
  const interleaved = block < AT_ONCE ? 0 : block * d;
  const words = block * n + Math.max(interleaved, selection.scratchWords(n, k) >>> 0);
  return allocate(backend, outputs, words, (values, indices, y) => {
    const [w, xs] = [W, x].map((tensor) => addressOf(backend, tensor));
    const scratch = y + 4 * block * n;
    for (let from = 0; from < examples; from += block) {
      const some = Math.min(block, examples - from);
      const at = 4 * from * k;
      linear.dots(w, xs + 4 * from * d, y, n, d, some, scratch);
      if (bias || mask) adjustOnWasm(backend, y, call.inputs, from, some);
      selection.topk(y, some, n, k, true, true, true, values + at, indices + at, scratch);
    }
  });
}

/** `adjust` in the memory of wasm, where y is the address of the products of some examples. */
function adjustOnWasm(
  backend: WasmBackend,
  y: number,
  { W, bias, mask }: LinearInputs,
  from: number,
  some: number,
): void {
  const { buffer } = backend.wasm.HEAPU8;
  const n = W.shape[0];
  const biases = bias && new Float32Array(buffer, addressOf(backend, bias), n);
  const bytes = mask?.rank === 1 ? n : some * n;
  const first = mask?.rank === 1 ? 0 : from * n;
  const allowed = mask && new Uint8Array(buffer, addressOf(backend, mask) + first, bytes);
  adjust(new Float32Array(buffer, y, some * n), n, biases, allowed);
}

/**
 * Adds the bias to the products of each example, and makes those −Infinity that the mask leaves out.
 *
 * @param allowed of n entries, or of as many as there are products.
 */
function adjust(
  products: Float32Array,
  n: number,
  biases: Float32Array | undefined,
  allowed: Uint8Array | undefined,
): void {
  for (let at = 0; at < products.length; at += n) {
    if (biases) for (let i = 0; i < n; i++) products[at + i] += biases[i];
    if (!allowed) continue;
    const row = allowed.length === n ? 0 : at;
    for (let i = 0; i < n; i++) if (allowed[row + i] === 0) products[at + i] = -Infinity;
  }
}
