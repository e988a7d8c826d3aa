/** Kernels whose results are constant between jumps. */
const STEPS = ['Round', 'Floor', 'Ceil', 'Sign', 'Step', 'FloorDiv', 'FloorMod', 'Mod'];

/** Kernels whose gradient in tfjs is computed from a saved result, which a second gradient takes for a constant. */
const SAVE_RESULTS = ['Exp', 'Tanh', 'Sigmoid', 'Softmax', 'LogSoftmax', 'Elu', 'Pow'];

export function usesSteps(kernels: Set<string>): boolean {
  return STEPS.some((kernel) => kernels.has(kernel));
}

/** Those of the kernels whose second derivative tfjs has wrong. */
export function wrongAtOrder2(kernels: Set<string>): string[] {
  return SAVE_RESULTS.filter((kernel) => kernels.has(kernel));
}
