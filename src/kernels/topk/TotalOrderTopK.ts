import { provideKernel } from '../runKernel.ts';
import { topkOnCpu } from './topkOnCpu.ts';
import { topkOnGpu } from './topkOnGpu.ts';
import { topkOnWasm } from './topkOnWasm.ts';

/** The kernel of `topk`: tfjs's TopK with a total order and a choice of direction. */
export const TotalOrderTopK = 'TotalOrderTopK';

export function provideTotalOrderTopK(): void {
  const byBackend = { any: topkOnCpu, wasm: topkOnWasm, webgl: topkOnGpu, webgpu: topkOnGpu };
  provideKernel(TotalOrderTopK, byBackend);
}
