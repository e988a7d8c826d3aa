import { compileAssembly } from '../../../scripts/buildWasm.ts';
import { WASM } from '../../../src/kernels/wasm/binary.ts';
import { instantiate } from '../../../src/kernels/wasm/instantiate.ts';

// @types/node has no values of it.
declare const WebAssembly: {
  Memory: new (limits: object) => { buffer: ArrayBuffer; grow: (pages: number) => number };
  Module: (new (binary: Uint8Array) => object) & { imports: (module: object) => object[] };
};

const binary = Buffer.from(WASM, 'hex');

describe('the wasm module', () => {
  it('is what its source compiles to', () => {
    expect(compileAssembly().equals(binary)).toBe(true);
  }, 60_000);

  it('has at most 8 KB', () => {
    expect(binary.length).toBeLessThanOrEqual(8192);
  });

  it('needs nothing but a memory, and writes nothing there when it starts', () => {
    const module = new WebAssembly.Module(binary);
    expect(WebAssembly.Module.imports(module)).toEqual([
      { module: 'env', name: 'memory', kind: 'memory' },
    ]);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const before = new Uint8Array(memory.buffer.slice(0));
    expect(instantiate(memory)).toBeDefined();
    expect(new Uint8Array(memory.buffer)).toEqual(before);
  });
});

describe('instantiate', () => {
  it('is undefined where the engine rejects the module: no SIMD, or a page that forbids it', () => {
    const rejects = jest.spyOn(WebAssembly, 'Module').mockImplementation(() => {
      throw new Error('CompileError');
    });
    expect(instantiate(new WebAssembly.Memory({ initial: 1 }))).toBeUndefined();
    rejects.mockRestore();
  });
});
