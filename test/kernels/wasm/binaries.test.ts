import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { binariesOf, hashOfSources } from '../../../scripts/buildWasm.ts';
import { LINEAR, SELECTION } from '../../../src/kernels/wasm/binaries.ts';
import { decodeBinary } from '../../../src/kernels/wasm/decodeBinary.ts';
import { instantiate } from '../../../src/kernels/wasm/instantiate.ts';
import { IS_WHOLE } from '../../isWhole.ts';

// @types/node has no values of it.
declare const WebAssembly: {
  Memory: new (limits: object) => { buffer: ArrayBuffer; grow: (pages: number) => number };
  Module: (new (binary: Uint8Array) => object) & { imports: (module: object) => object[] };
};

const bytesOf = ({ text }: { text: string }) => Uint8Array.from(decodeBinary(text));

describe('the wasm modules', () => {
  const written = readFileSync(join(__dirname, '../../../src/kernels/wasm/binaries.ts'), 'utf8');

  it('were compiled from these sources (npm run build:wasm renews them)', () => {
    expect(written).toContain(`// SHA-256 of the sources: ${hashOfSources()}\n`);
  });

  (IS_WHOLE ? it : it.skip)(
    'are what their sources compile to (with WHOLE=1)',
    () => {
      expect(binariesOf()).toBe(written);
    },
    60_000,
  );

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
