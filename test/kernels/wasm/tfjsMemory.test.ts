import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { SELECTION } from '../../../src/kernels/wasm/binaries.ts';
import { allocate, wasmFunctions, type WasmBackend } from '../../../src/kernels/wasm/tfjsMemory.ts';

// @types/node has no values of it.
declare const WebAssembly: { Memory: new (limits: object) => { buffer: ArrayBuffer } };

const withMemory = (memory: object) => ({ wasm: { asm: { memory } } }) as object as WasmBackend;

describe('wasmFunctions', () => {
  it('is made once for a backend', async () => {
    await tf.setBackend('wasm');
    const backend = tf.backend() as object as WasmBackend;
    expect(wasmFunctions(backend, SELECTION)).toBeDefined();
    expect(wasmFunctions(backend, SELECTION)).toBe(wasmFunctions(backend, SELECTION));
    await tf.setBackend('cpu');
  });

  it('finds the memory by its kind, whatever a bundler named it', () => {
    expect(
      wasmFunctions(withMemory(new WebAssembly.Memory({ initial: 1 })), SELECTION),
    ).toBeDefined();
  });

  it('finds the memory that threads share, which tfjs keeps beside its module', () => {
    const wasmMemory = new WebAssembly.Memory({ initial: 1, maximum: 2 ** 16, shared: true });
    expect(wasmFunctions({ wasm: { asm: {}, wasmMemory } } as never, SELECTION)).toBeDefined();
  });

  it('is undefined where there is no memory', () => {
    expect(wasmFunctions({ wasm: {} } as never, SELECTION)).toBeUndefined();
    expect(wasmFunctions({ wasm: { asm: { memory: 3 } } } as never, SELECTION)).toBeUndefined();
  });
});

describe('allocate', () => {
  const output = { shape: [2], dtype: 'float32' as const };
  let backend: WasmBackend;
  beforeAll(async () => {
    await tf.setBackend('wasm');
    backend = tf.backend() as WasmBackend;
    wasmFunctions(backend, SELECTION);
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  it('calls with the addresses of outputs and scratch, and keeps small scratch for the next call', () => {
    const addresses: number[][] = [];
    for (const words of [1000, 10]) {
      allocate(backend, [output], words, (...all) => addresses.push(all));
    }
    expect(addresses.map(({ length }) => length)).toEqual([2, 2]);
    expect(addresses[0][1]).toBeGreaterThan(0);
    expect(addresses[1][1]).toBe(addresses[0][1]);
  });

  it('frees large scratch, and every output if the call throws', () => {
    const free = jest.spyOn(backend.wasm, '_free');
    const before = backend.numDataIds();
    const scratch: number[] = [];
    const fail = (_: number, address: number) => {
      scratch.push(address);
      throw new Error('from the call');
    };
    expect(() => allocate(backend, [output], 2 ** 17, fail)).toThrow('from the call');
    expect(free).toHaveBeenCalledWith(scratch[0]);
    expect(backend.numDataIds()).toBe(before);
    free.mockRestore();
  });
});
