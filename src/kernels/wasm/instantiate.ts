import { decodeBinary } from './decodeBinary.ts';
import type { SelectionFunctions } from './functions.ts';

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow: (pages: number) => number;
}

/** A module as text, of which `instantiate` makes these functions. */
export interface Binary<Functions> {
  readonly text: string;
  readonly functions?: Functions; // for its type alone
}

/** A module on a memory; undefined where the engine has no SIMD, or a page forbids WebAssembly. */
export function instantiate<Functions>(
  binary: Binary<Functions>,
  memory: WasmMemory,
): Functions | undefined {
  let bytes = decodeBinary(binary.text);
  if (isShared(memory)) {
    bytes = bytes.join().replace(IMPORTS, '2,18,$1,3,0,128,128,4').split(',').map(Number);
  }
  try {
    const module = new WebAssembly.Module(Uint8Array.from(bytes));
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const { seed } = exports as Partial<SelectionFunctions>;
    if (seed) seed.value = Math.random() * 2 ** 32;
    return exports as Functions;
  } catch {
    return undefined;
  }
}

/** By the name of the class, since another frame, or a test, has classes of its own. */
function isShared({ buffer }: WasmMemory): boolean {
  return Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';
}

/**
 * The section of imports, which names one memory, `env.memory`. For a memory that threads share its limits need another
 * flag, 3 for 0, and a maximum, here 2¹⁶ pages, all of 4 GB; so the section has 18 bytes instead of 15.
 */
const IMPORTS = /\b2,15,(1,3,101,110,118,6,.+?,2),0,0\b/; // 101, 110, 118 is 'env'

/** A memory of this package's own; undefined where there is no WebAssembly. */
export function newMemory(): WasmMemory | undefined {
  try {
    return new WebAssembly.Memory({ initial: 1 });
  } catch {
    return undefined;
  }
}

// Every engine has it, but of TypeScript's libraries only that of the DOM describes it.
declare const WebAssembly: {
  Memory: new (limits: { initial: number }) => WasmMemory;
  Module: new (binary: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: object };
};
