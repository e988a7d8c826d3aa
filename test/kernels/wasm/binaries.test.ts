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
  it('are what their sources compile to (npm run build:wasm renews them)', () => {
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
