import {
  getKernel,
  registerKernel,
  type KernelConfig,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/**
 * Adds `updates` `[B, J, m]` at the `indices` `[B, J]` of each of B rows of zeros `[B, n, m]`. For
 * webgl only: its own scatterND has every entry of the result look at all B · J updates, here each
 * looks at the J of its row.
 */
export const ScatterRows = 'ScatterRows';

export function provideScatterRows(): void {
  const known = getKernel(ScatterRows, 'webgl') as KernelConfig | undefined;
  if (!known)
    registerKernel({ kernelName: ScatterRows, backendName: 'webgl', kernelFunc: scatter });
}

interface WebglBackend {
  runWebGLProgram: (program: object, inputs: TensorInfo[], dtype: 'float32') => TensorInfo;
}

const scatter: KernelFunc = ({ inputs, attrs, backend }) => {
  const { updates, indices } = inputs as { updates: TensorInfo; indices: TensorInfo };
  const { n } = attrs as { n: number } & typeof attrs;
  const [B, J, m] = updates.shape;
  const program = {
    variableNames: ['updates', 'indices'],
    outputShape: [B, n, m],
    userCode: `
      void main() {
        ivec3 place = getOutputCoords();
        float sum = 0.0;
        for (int j = 0; j < ${String(J)}; j++) {
          if (int(getIndices(place.x, j)) == place.y) sum += getUpdates(place.x, j, place.z);
        }
        setOutput(sum);
      }`,
  };
  return (backend as WebglBackend).runWebGLProgram(program, [updates, indices], 'float32');
};
