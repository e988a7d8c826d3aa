import { SELECTION } from '../../../src/kernels/wasm/binaries.ts';
import { instantiate } from '../../../src/kernels/wasm/instantiate.ts';

// @types/node has no values of it.
declare const WebAssembly: {
  Memory: new (limits: object) => { buffer: ArrayBuffer; grow: (pages: number) => number };
  Module: () => object;
};

describe('instantiate', () => {
  it.each([2, 2 ** 16])(
    'runs the same module on a memory that threads share, of at most %d pages, also after it has grown',
    (maximum) => {
      const memory = new WebAssembly.Memory({ initial: 1, maximum, shared: true });
      const functions = instantiate(SELECTION, memory);
      memory.grow(1);
      const [x, values, indices, scratch] = [2 ** 16, 2 ** 16 + 64, 2 ** 16 + 128, 2 ** 16 + 192];
      new Float32Array(memory.buffer, x, 5).set([3, NaN, 1, Infinity, 2]);
      functions?.topk(x, 1, 5, 3, true, true, true, values, indices, scratch);
      expect([...new Float32Array(memory.buffer, values, 3)]).toEqual([NaN, Infinity, 3]);
      expect([...new Int32Array(memory.buffer, indices, 3)]).toEqual([1, 3, 0]);
    },
  );

  it('is undefined where the engine rejects the module: no SIMD, or a page that forbids it', () => {
    const rejects = jest.spyOn(WebAssembly, 'Module').mockImplementation(() => {
      throw new Error('CompileError');
    });
    expect(instantiate(SELECTION, new WebAssembly.Memory({ initial: 1 }))).toBeUndefined();
    rejects.mockRestore();
  });
});
