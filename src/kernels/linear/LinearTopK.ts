import {
  dot,
  engine,
  matMul,
  tidy,
  transpose,
  util,
  type KernelFunc,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { provideKernel } from '../runKernel.ts';
import type { TopKAttrs } from '../topk/topkOnCpu.ts';
import { wasmSelection } from '../topk/topkOnWasm.ts';
import { provideTotalOrderTopK, TotalOrderTopK } from '../topk/TotalOrderTopK.ts';
import {
  addressOf,
  dataHasDtype,
  wasmFunctions,
  allocate,
  type WasmBackend,
} from '../wasm/tfjsMemory.ts';

/** The kernel of `topkLinear`: the k ≥ 1 greatest of Wx, for W `[n, d]` and x `[d]` or `[b, d]`, not empty. */
export const LinearTopK = 'LinearTopK';

export function provideLinearTopK(): void {
  provideTotalOrderTopK();
  provideKernel(LinearTopK, { any: linearTopK, wasm: linearTopKOnWasm });
}

/** By tfjs's own product. */
const linearTopK: KernelFunc = ({ inputs, attrs }) => {
  const { W, x } = inputs as { W: Tensor; x: Tensor };
  return tidy(() => {
    const y = x.rank === 1 ? dot(W, x) : productWithEach(W, x);
    return engine().runKernel<Tensor[]>(TotalOrderTopK, { x: y }, attrs);
  });
};

/**
 * x Wᵀ, where the smaller of the factors is transposed. For tfjs to transpose W takes twice as long on
 * tensorflow where W has many rows, and ten times as long on wasm.
 */
function productWithEach(W: Tensor, x: Tensor): Tensor {
  const [[n], [b]] = [W.shape, x.shape] as [number[], number[]];
  return n < b ? matMul(x, transpose(W)) : transpose(matMul(W, transpose(x)));
}

/** So many numbers of Wx there are at a time, 64 MB. */
const MOST_PRODUCTS = 2 ** 24;
/** So many numbers of x are multiplied by each row of W while it is at hand: those in the cache, too. */
const MOST_OF_X = 2 ** 16;
/** So many examples are multiplied at once, in assembly/dots. */
const AT_ONCE = 4;

/** Reads W in SIMD from where it is, and keeps Wx of a few examples at a time. */
const linearTopKOnWasm: KernelFunc = (params) => {
  const backend = params.backend as WasmBackend;
  const { W, x } = params.inputs as { W: Tensor; x: Tensor };
  const attrs = params.attrs as TopKAttrs & typeof params.attrs;
  const { k } = attrs;
  for (const [name, tensor] of Object.entries({ W, x })) {
    if (dataHasDtype(backend, tensor)) continue;
    throw new Error(
      `topkLinear: ${name} must hold float32, got integers that were cast on another backend: ` +
        'cast them on wasm',
    );
  }
  const kernels = wasmFunctions(backend);
  const [n, d] = W.shape as [number, number];
  if (!kernels) return linearTopK(params);

  const examples = x.size / d;
  const { words, select } = wasmSelection(kernels, n, attrs, true);
  const most = Math.floor(Math.min(MOST_PRODUCTS / n, MOST_OF_X / d) / AT_ONCE);
  const block = Math.min(examples, AT_ONCE * Math.max(1, most));
  const shape = [...x.shape.slice(0, -1), k];
  const outputs = [
    { shape, dtype: 'float32' as const },
    { shape, dtype: 'int32' as const },
  ];
  const spares = [
    { shape: [block, n], dtype: 'float32' as const },
    { shape: [words], dtype: 'int32' as const },
  ];
  return allocate(backend, outputs, spares, 'topkLinear', (values, indices, y, spare) => {
    const [w, xs] = [W, x].map((tensor) => addressOf(backend, tensor));
    const bytes = util.bytesPerElement('float32');
    for (let from = 0; from < examples; from += block) {
      const some = Math.min(block, examples - from);
      kernels.dots(w, xs + bytes * from * d, y, n, d, some);
      const at = bytes * from * k;
      select(y, some, values + at, indices + at, spare);
    }
  });
};
