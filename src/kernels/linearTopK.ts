import { dot, engine, matMul, tidy, type KernelFunc, type Tensor } from '@tensorflow/tfjs-core';
import { provideKernel } from './provideKernel.ts';
import { topkOnWasm } from './topkOnWasm.ts';
import { provideTotalOrderTopK, TotalOrderTopK } from './totalOrderTopK.ts';
import { addressOf, wasmKernels, withRoom, type WasmBackend } from './wasmKernels.ts';

/** The kernel of `topkLinear`: the k greatest entries of Wx, for W `[n, d]`, and x `[d]` or `[b, d]`. */
export const LinearTopK = 'LinearTopK';

export function provideLinearTopK(): void {
  provideTotalOrderTopK();
  provideKernel(LinearTopK, { any: linearTopK, wasm: linearTopKOnWasm });
}

/** By tfjs's own product. */
const linearTopK: KernelFunc = ({ inputs, attrs }) => {
  const { W, x } = inputs as { W: Tensor; x: Tensor };
  return tidy(() => {
    const y: Tensor = x.rank === 1 ? dot(W, x) : matMul(x, W, false, true);
    return engine().runKernel<Tensor[]>(TotalOrderTopK, { x: y }, attrs);
  });
};

/** Reads W once, in SIMD, from where it is. tfjs's own product takes several times as long. */
const linearTopKOnWasm: KernelFunc = (params) => {
  const backend = params.backend as WasmBackend;
  const { W, x } = params.inputs as { W: Tensor; x: Tensor };
  const kernels = wasmKernels(backend);
  if (!kernels) return linearTopK(params);

  const [n, d] = W.shape;
  const shape = [...x.shape.slice(0, -1), n];
  const [y] = withRoom(backend, [{ shape, dtype: 'float32' }], [], 'topkLinear', (y) => {
    kernels.dots(addressOf(backend, W), addressOf(backend, x), y, n, d, x.size / d);
  });
  try {
    return topkOnWasm({ ...params, inputs: { x: y } });
  } finally {
    backend.disposeData(y.dataId);
  }
};
