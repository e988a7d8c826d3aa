import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { binariesOf } from '../../../scripts/buildWasm.ts';
import { LINEAR, SELECTION } from '../../../src/kernels/wasm/binaries.ts';
import { decodeBinary } from '../../../src/kernels/wasm/decodeBinary.ts';
import { instantiate } from '../../../src/kernels/wasm/instantiate.ts';

// @types/node has no values of it.
declare const WebAssembly: {
  Memory: new (limits: object) => { buffer: ArrayBuffer; grow: (pages: number) => number };
  Module: (new (binary: Uint8Array) => object) & { imports: (module: object) => object[] };
};

const bytesOf = ({ text }: { text: string }) => Uint8Array.from(decodeBinary(text));

describe('the wasm modules', () => {
  it('are what their sources compile to', () => {
    const file = join(__dirname, '../../../src/kernels/wasm/binaries.ts');
    expect(binariesOf()).toBe(readFileSync(file, 'utf8'));
  }, 60_000);

  it('have at most 8 KB together', () => {
    expect(bytesOf(SELECTION).length + bytesOf(LINEAR).length).toBeLessThanOrEqual(8192);
  });

  it.each([SELECTION, LINEAR])(
    'need nothing but a memory, and write nothing there when they start',
    (binary) => {
      const module = new WebAssembly.Module(bytesOf(binary));
      expect(WebAssembly.Module.imports(module)).toEqual([
        { module: 'env', name: 'memory', kind: 'memory' },
      ]);
      const memory = new WebAssembly.Memory({ initial: 1 });
      const before = new Uint8Array(memory.buffer.slice(0));
      expect(instantiate<object>(binary, memory)).toBeDefined();
      expect(new Uint8Array(memory.buffer)).toEqual(before);
    },
  );
});

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
