import {
  engine,
  getBackend,
  util,
  type DataStorage,
  type DataType,
  type KernelBackend,
} from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { OperationError } from '../../util/OperationError.ts';
import { instantiate, type Binary, type WasmMemory } from './instantiate.ts';

/** What this package uses of tfjs-backend-wasm, whose own types do not come with tfjs-core. */
export interface WasmBackend extends KernelBackend {
  wasm: {
    asm?: Record<string, unknown>;
    _malloc: (bytes: number) => number;
    _free: (address: number) => void;
    HEAPU8: Uint8Array;
  };
  dataIdMap: DataStorage<{ memoryOffset: number; dtype: DataType }>;
  makeOutput: (shape: number[], dtype: DataType) => TensorInfo;
}

/** The memory of tfjs, the functions of each module on it, and a block of scratch there that stays allocated. */
interface MemoryState {
  memory: WasmMemory | undefined;
  functionsOf: Map<Binary<unknown>, unknown>;
  scratch: Scratch;
}

interface Scratch {
  address: number;
  bytes: number;
}

const STATE_OF = new WeakMap<object, MemoryState>();

/**
 * A module instantiated with the memory of tfjs-backend-wasm, where it reads and writes tensors in place; in an
 * isolated page tfjs's threads share that memory. Undefined where the module cannot be instantiated.
 */
export function wasmFunctions<Functions>(
  backend: WasmBackend,
  binary: Binary<Functions>,
): Functions | undefined {
  const { memory, functionsOf } = stateOf(backend);
  if (!functionsOf.has(binary)) functionsOf.set(binary, memory && instantiate(binary, memory));
  return functionsOf.get(binary) as Functions | undefined;
}

function stateOf(backend: WasmBackend): MemoryState {
  const known = STATE_OF.get(backend);
  if (known) return known;
  const memory = memoryOf(backend);
  const state = { memory, functionsOf: new Map(), scratch: { address: 0, bytes: 0 } };
  STATE_OF.set(backend, state);
  return state;
}

function memoryOf({ wasm }: WasmBackend): WasmMemory | undefined {
  // By the name of the class, since another frame, or a test, has classes of its own.
  const isMemory = (value: unknown): value is WasmMemory =>
    Object.prototype.toString.call(value) === '[object WebAssembly.Memory]';
  // The module of tfjs exports its memory; the one with threads imports it, and keeps it beside.
  return [wasm.asm, wasm].flatMap((names) => Object.values(names ?? {})).find(isMemory);
}

/** The address of a tensor's data. Moves the data from another backend first, if that holds them. */
export function addressOf(backend: WasmBackend, { dataId }: Pick<TensorInfo, 'dataId'>): number {
  return backend.dataIdMap.get(dataId).memoryOffset;
}

/** Whether the data are of the tensor's dtype: a cast on cpu to a wider dtype leaves them as they were. */
export function dataHasDtype(backend: WasmBackend, { dataId, dtype }: TensorInfo): boolean {
  return backend.dataIdMap.get(dataId).dtype === dtype;
}

/** Less than the whole memory, which has 32-bit addresses. */
const MAX_BYTES = 2 ** 32 - 2 ** 16;
/** Left for the headers of malloc, and for what tfjs notes of each tensor: without it, tfjs aborts. */
const BOOKKEEPING = 2 ** 16;
/** Scratch of up to this size stays allocated: two calls to malloc take as long as a small top-k. */
const KEPT_BYTES = 2 ** 18;

/**
 * Allocates outputs and `words` of scratch, and calls `run` with their addresses, scratch last.
 *
 * @throws if the memory is full.
 */
export function allocate(
  backend: WasmBackend,
  outputs: { shape: number[]; dtype: DataType }[],
  words: number,
  run: (...addresses: number[]) => void,
): TensorInfo[] {
  const sizeOf = ({ shape }: { shape: number[] }) => util.sizeFromShape(shape);
  assertFits(outputs.reduce((sum, output) => sum + sizeOf(output), words));
  const made: TensorInfo[] = [];
  let scratch: Scratch | undefined;
  try {
    for (const { shape, dtype } of outputs) made.push(backend.makeOutput(shape, dtype));
    if (words > 0) scratch = takeScratch(backend, 4 * words);
    run(...made.map((output) => addressOf(backend, output)), scratch?.address ?? 0);
    return made;
  } catch (error) {
    for (const { dataId } of made) backend.disposeData(dataId);
    throw error;
  } finally {
    if (scratch && scratch.bytes > KEPT_BYTES) backend.wasm._free(scratch.address);
  }
}

function takeScratch(backend: WasmBackend, bytes: number): Scratch {
  const kept = stateOf(backend).scratch;
  if (kept.bytes >= bytes) return kept;
  const address = backend.wasm._malloc(bytes) >>> 0;
  if (bytes > KEPT_BYTES) return { address, bytes };
  backend.wasm._free(kept.address);
  return Object.assign(kept, { address, bytes });
}

/**
 * Throws where the memory of wasm cannot hold so many more numbers, of 4 bytes; does nothing on other backends. tfjs
 * itself does not throw: in a full memory it gets the address 0 and writes there, or asks for a size modulo 2³².
 */
export function assertFits(numbers: number): void {
  if (getBackend() !== 'wasm') return;
  const { wasm } = engine().backend as WasmBackend;
  const needed = 4 * Math.ceil(numbers);
  const bytes = needed + BOOKKEEPING;
  const address = bytes < MAX_BYTES ? wasm._malloc(bytes) >>> 0 : 0;
  if (address === 0) {
    throw new OperationError(`wasm memory is full: cannot allocate ${String(needed)} bytes`);
  }
  wasm._free(address);
}
