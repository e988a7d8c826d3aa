import {
  util,
  type DataStorage,
  type DataType,
  type KernelBackend,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { WASM } from './binary.ts';

/** What is used of tfjs-backend-wasm here; its own types do not come with tfjs-core. */
export interface WasmBackend extends Pick<KernelBackend, 'disposeData'> {
  wasm: { asm?: Record<string, unknown> };
  dataIdMap: DataStorage<{ memoryOffset: number; dtype: DataType }>;
  makeOutput: (shape: number[], dtype: DataType) => TensorInfo;
}

/** The functions of assembly/index.ts; every address is one in the memory of the backend. */
export interface WasmKernels {
  topk: (
    x: number,
    rows: number,
    n: number,
    k: number,
    isFloat: boolean,
    largest: boolean,
    sorted: boolean,
    values: number,
    indices: number,
    spare: number,
    capacity: number,
    room: number,
    stride: number,
    rank: number,
  ) => void;
  dots: (W: number, x: number, y: number, n: number, d: number, m: number) => void;
  sumRows: (
    W: number,
    indices: number,
    coefficients: number,
    sums: number,
    d: number,
    k: number,
    m: number,
  ) => void;
}

const INSTANCES = new WeakMap<object, WasmKernels | undefined>();

/**
 * The kernels, on the memory of tfjs-backend-wasm; undefined where there is no SIMD, or no such memory:
 * that of several threads is of another kind.
 */
export function wasmFunctions(backend: WasmBackend): WasmKernels | undefined {
  if (!INSTANCES.has(backend)) INSTANCES.set(backend, instantiate(backend));
  return INSTANCES.get(backend);
}

function instantiate({ wasm }: WasmBackend): WasmKernels | undefined {
  // By name, since a class may be another's of the same name: that of a frame, or of a test.
  const isA = (name: string, value: unknown) =>
    Object.prototype.toString.call(value) === `[object ${name}]`;
  const memory = Object.values(wasm.asm ?? {}).find((value) => isA('WebAssembly.Memory', value));
  if (!isA('ArrayBuffer', (memory as { buffer: unknown } | undefined)?.buffer)) return undefined;
  const binary = Uint8Array.from(atob(WASM), (byte) => byte.charCodeAt(0));
  if (!WebAssembly.validate(binary)) return undefined;
  return new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } }).exports;
}

// Every engine has these, but of TypeScript's libraries only that of the DOM describes them.
declare const atob: (base64: string) => string;
declare const WebAssembly: {
  Module: new (binary: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: WasmKernels };
  validate: (binary: Uint8Array) => boolean;
};

/** Where the data of a tensor are. Brings them from another backend first, if they are there. */
export function addressOf(backend: WasmBackend, { dataId }: Pick<TensorInfo, 'dataId'>): number {
  return backend.dataIdMap.get(dataId).memoryOffset;
}

/**
 * Whether the memory holds what the dtype of a tensor says: a cast to a wider dtype leaves the data as
 * they were.
 */
export function dataHasDtype(backend: WasmBackend, { dataId, dtype }: TensorInfo): boolean {
  return backend.dataIdMap.get(dataId).dtype === dtype;
}

/** Less than the whole memory: of what has 32 bits of address. */
const MOST_BYTES = 2 ** 32 - 2 ** 16;

/**
 * Runs `run` with room for tensors; what it does not return is freed.
 *
 * @throws if the memory has no room. tfjs itself would not: it gets the address 0, or asks for the size
 *   modulo 2³².
 */
export function allocate(
  backend: WasmBackend,
  outputs: { shape: number[]; dtype: DataType }[],
  spares: { shape: number[]; dtype: DataType }[],
  fn: string,
  run: (...addresses: number[]) => void,
): TensorInfo[] {
  const made: TensorInfo[] = [];
  const free = (from: number) => {
    for (const { dataId } of made.splice(from)) backend.disposeData(dataId);
  };
  try {
    for (const { shape, dtype } of [...outputs, ...spares]) {
      const noRoom = () =>
        new Error(`${fn}: the memory of wasm has no room for [${String(shape)}]`);
      const bytes = util.sizeFromShape(shape) * util.bytesPerElement(dtype);
      if (bytes >= MOST_BYTES) throw noRoom();
      const tensor = backend.makeOutput(shape, dtype);
      made.push(tensor);
      if (addressOf(backend, tensor) === 0 && bytes > 0) throw noRoom();
    }
    run(...made.map((tensor) => addressOf(backend, tensor)));
  } catch (error) {
    free(0);
    throw error;
  }
  free(outputs.length);
  return made;
}
