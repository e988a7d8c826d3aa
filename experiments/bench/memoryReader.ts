import * as tf from '@tensorflow/tfjs';
import { compileAssembly } from '../../scripts/buildWasm.ts';
import type { Contender } from './Contender.ts';

/** The lower bound for every contender: one SIMD pass over the tensor's memory. Only on wasm. */
export function memoryReader(x: tf.Tensor, name: string): Contender[] {
  if (tf.getBackend() !== 'wasm') return [];
  const { wasm, dataIdMap } = tf.backend() as object as {
    wasm: { asm: { memory: object } };
    dataIdMap: { get: (dataId: object) => { memoryOffset: number } };
  };
  const { memory } = wasm.asm;
  instance ??= new WebAssembly.Instance(
    new WebAssembly.Module(compileAssembly(`${__dirname}/assembly/read.ts`)),
    { env: { memory } },
  );
  const { read } = instance.exports;
  const run = () => {
    read(dataIdMap.get(x.dataId).memoryOffset, x.size);
  };
  return [{ name, backend: 'wasm', run }];
}

interface Reader {
  exports: { read: (address: number, size: number) => number };
}
let instance: Reader | undefined;

/** The part of WebAssembly that is used here; TypeScript declares it only together with the DOM. */
declare const WebAssembly: {
  Module: new (binary: Uint8Array) => object;
  Instance: new (module: object, imports: object) => Reader;
};
