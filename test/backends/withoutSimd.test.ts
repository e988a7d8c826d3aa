import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { LINEAR, SELECTION } from '../../src/kernels/wasm/binaries.ts';
import { wasmFunctions, type WasmBackend } from '../../src/kernels/wasm/tfjsMemory.ts';
import { cases } from './cases.ts';
import { longRows } from './cases/longRows.ts';

declare const WebAssembly: { Module: () => object };

// Long rows without WebAssembly: selectLargest.test. And tf.topk on wasm without SIMD stays tfjs's:
// installFastKernels.test.
const others = cases.filter((each) => !longRows.includes(each));

describe.each(['cpu', 'wasm'])(
  'on %s, where this package’s WebAssembly does not compile,',
  (backend) => {
    beforeAll(async () => {
      await tf.setBackend('wasm'); // tfjs compiles its own before
      jest.spyOn(WebAssembly, 'Module').mockImplementation(() => {
        throw new Error('CompileError');
      });
      const wasm = tf.backend() as WasmBackend;
      expect(wasmFunctions(wasm, SELECTION)).toBeUndefined();
      expect(wasmFunctions(wasm, LINEAR)).toBeUndefined();
      await tf.setBackend(backend);
    });
    afterAll(() => {
      jest.restoreAllMocks();
    });

    it.each(others)('$title', async ({ run }) => {
      await run();
    });
  },
);
