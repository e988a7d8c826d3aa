import { instantiate, newMemory, type Binary, type WasmMemory } from './instantiate.ts';

/** A memory that has grown beyond this is released after the call. */
const MAX_KEPT_BYTES = 2 ** 26;

interface Module<Functions> {
  memory: WasmMemory;
  functions: Functions;
}

/** By their binaries; null where WebAssembly is unavailable. */
const modules = new Map<Binary<unknown>, Module<unknown> | null>();

/**
 * A module on a memory of its own, for data that are copied into it.
 *
 * @param words how many numbers the memory must hold.
 * @returns undefined where WebAssembly, or that much memory, is unavailable.
 */
export function ownModule<Functions>(
  binary: Binary<Functions>,
  words: (functions: Functions) => number,
): Module<Functions> | undefined {
  const known = modules.get(binary) as Module<Functions> | null | undefined;
  const module = known === undefined ? newModule(binary) : known;
  modules.set(binary, module);
  if (module === null) return undefined;
  const bytes = 4 * words(module.functions);
  if (!holds(module.memory, bytes)) return undefined;
  if (bytes > MAX_KEPT_BYTES) modules.delete(binary); // a memory never shrinks
  return module;
}

function newModule<Functions>(binary: Binary<Functions>): Module<Functions> | null {
  const memory = newMemory();
  const functions = memory && instantiate(binary, memory);
  return functions ? { memory, functions } : null;
}

/** Whether the memory has, or could be given, so many bytes. */
function holds(memory: WasmMemory, bytes: number): boolean {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return true;
  try {
    memory.grow(Math.ceil(missing / 2 ** 16));
    return true;
  } catch {
    return false;
  }
}
