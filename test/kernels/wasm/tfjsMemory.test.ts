import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { compileAssembly } from '../../../scripts/buildWasm.ts';
import { WASM } from '../../../src/kernels/wasm/binary.ts';
import { wasmFunctions, type WasmBackend } from '../../../src/kernels/wasm/tfjsMemory.ts';

// @types/node has no values of it.
declare const WebAssembly: {
  Memory: new (limits: object) => { buffer: ArrayBuffer };
  Module: (new (binary: Uint8Array) => object) & { imports: (module: object) => object[] };
  Instance: new (module: object, imports: object) => object;
  validate: (binary: Uint8Array) => boolean;
};

const binary = Buffer.from(WASM, 'base64');
const withMemory = (memory: object) => ({ wasm: { asm: { memory } } }) as object as WasmBackend;

describe('the wasm module', () => {
  it('is what its source compiles to', () => {
    expect(compileAssembly().equals(binary)).toBe(true);
  }, 60_000);

  it('has at most 4 KB, which a page may compile at once', () => {
    expect(binary.length).toBeLessThanOrEqual(4096);
  });

  it('needs nothing but a memory, and writes nothing there when it starts', () => {
    const module = new WebAssembly.Module(binary);
    expect(WebAssembly.Module.imports(module)).toEqual([
      { module: 'env', name: 'memory', kind: 'memory' },
    ]);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const before = new Uint8Array(memory.buffer.slice(0));
    expect(new WebAssembly.Instance(module, { env: { memory } })).toBeDefined();
    expect(new Uint8Array(memory.buffer)).toEqual(before);
  });
});

describe('wasmKernels', () => {
  it('is made once for a backend', async () => {
    await tf.setBackend('wasm');
    const backend = tf.backend() as object as WasmBackend;
    expect(wasmFunctions(backend)).toBeDefined();
    expect(wasmFunctions(backend)).toBe(wasmFunctions(backend));
    await tf.setBackend('cpu');
  });

  it('finds the memory by its kind, whatever a bundler named it', () => {
    expect(wasmFunctions(withMemory(new WebAssembly.Memory({ initial: 1 })))).toBeDefined();
  });

  it('is undefined where there is no memory, or one that threads share', () => {
    expect(wasmFunctions({ wasm: {} } as WasmBackend)).toBeUndefined();
    expect(wasmFunctions({ wasm: { asm: { memory: 3 } } } as never)).toBeUndefined();
    const shared = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
    expect(wasmFunctions(withMemory(shared))).toBeUndefined();
  });

  it('is undefined where the engine has no SIMD', () => {
    const validate = jest.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    expect(wasmFunctions(withMemory(new WebAssembly.Memory({ initial: 1 })))).toBeUndefined();
    validate.mockRestore();
  });
});
