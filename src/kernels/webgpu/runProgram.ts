import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** What this package uses of tfjs-backend-webgpu, whose own types do not come with tfjs-core. */
export interface WebgpuBackend extends KernelBackend {
  shouldExecuteOnCPU: (inputs: TensorInfo[]) => boolean;
  runWebGPUProgram: (
    program: object,
    inputs: TensorInfo[],
    dtype: DataType,
    uniforms: { type: 'int32'; data: number[] }[],
  ) => TensorInfo;
}

/** A compute shader with one output, of rank 2. Inputs and uniforms have their names in the code, too. */
export interface Program {
  /** The pipeline is cached by this name, the workgroup's size, and the names and dtypes of the inputs. */
  name: string;
  inputs: Record<string, TensorInfo>;
  outputShape: [rows: number, columns: number];
  dtype: DataType;
  workgroups: number;
  threads: number;
  uniforms: Record<string, number>;
  /** Declares `fn main(i : i32)`, where i is the number of the thread among all. */
  code: string;
}

/** Enqueues a program; nothing waits for it, and nothing is read back. */
export function runProgram(backend: WebgpuBackend, program: Program): TensorInfo {
  const { name, inputs, outputShape, dtype, workgroups, threads, uniforms, code } = program;
  const names = Object.keys(uniforms);
  return backend.runWebGPUProgram(
    {
      shaderKey: `tfjs-topk-grad ${name}`,
      variableNames: Object.keys(inputs),
      outputShape,
      workgroupSize: [threads, 1, 1],
      dispatchLayout: { x: [0, 1] },
      dispatch: [workgroups, 1, 1], // tfjs folds what is more than the device takes in one dimension
      uniforms: names.map((name) => `${name} : i32,`).join(' '),
      getUserCode: () => code,
    },
    Object.values(inputs),
    dtype,
    names.map((name) => ({ type: 'int32', data: [uniforms[name]] })),
  );
}

/** Every device takes workgroups of this size, and 16 kB of their memory, of which the programs use about half. */
export const MAX_THREADS = 128;

/** The number of this workgroup, also where tfjs has folded the dispatch. */
export const WORKGROUP_NUMBER = `
  fn workgroupNumber() -> i32 {
    let plane = workgroupId.z * numWorkgroups.y + workgroupId.y;
    return i32(plane * numWorkgroups.x + workgroupId.x);
  }`;
