import { SELECTION } from '../wasm/binaries.ts';
import type { SelectionFunctions } from '../wasm/functions.ts';
import { instantiate, newMemory, type WasmMemory } from '../wasm/instantiate.ts';

/** A memory that has grown beyond this is released after the call. */
const MAX_KEPT_BYTES = 2 ** 26;

interface Module {
  memory: WasmMemory;
  functions: SelectionFunctions;
}

/** undefined before the first use, and null where WebAssembly is unavailable. */
let own: Module | null | undefined;

/**
 * The module of selections on a memory of its own, for data that are copied into it.
 *
 * @param words how many numbers the memory must hold.
 * @returns undefined where WebAssembly, or that much memory, is unavailable.
 */
export function ownModule(words: (functions: SelectionFunctions) => number): Module | undefined {
  if (own === undefined) own = newModule() ?? null;
  if (own === null) return undefined;
  const module = own;
  const bytes = 4 * words(module.functions);
  if (!holds(module.memory, bytes)) return undefined;
  if (bytes > MAX_KEPT_BYTES) own = undefined; // a memory never shrinks
  return module;
}

function newModule(): Module | undefined {
  const memory = newMemory();
  const functions = memory && instantiate(SELECTION, memory);
  return functions && { memory, functions };
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
