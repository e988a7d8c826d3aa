import * as fc from 'fast-check';
import { encodeBinary } from '../../../scripts/buildWasm.ts';
import { decodeBinary } from '../../../src/kernels/wasm/decodeBinary.ts';

describe('decodeBinary', () => {
  it('is the inverse of encodeBinary, for every byte after every other', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBinary(encodeBinary(bytes))).toEqual([...bytes]);
      }),
    );
    const pairs = Array.from({ length: 2 ** 16 }, (_, i) => [i >> 8, i & 255]).flat();
    expect(decodeBinary(encodeBinary(Uint8Array.from(pairs)))).toEqual(pairs);
  });

  it('reads printable ASCII, which no server and no bundler changes', () => {
    const all = encodeBinary(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    expect(all).toMatch(/^[ -~]+$/);
  });
});
