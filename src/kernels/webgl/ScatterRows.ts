import type { KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { OperationError } from '../../util/OperationError.ts';
import type { Kernel } from '../runKernel.ts';

interface Call {
  inputs: { updates: Tensor; indices: Tensor };
  attrs: { n: number };
  backend: KernelBackend;
}

interface WebglBackend extends KernelBackend {
  runWebGLProgram: (program: object, inputs: TensorInfo[], dtype: 'float32') => TensorInfo;
}

/**
 * Adds `updates` `[B, J, m]` at the `indices` `[B, J]` of B times n zero rows `[B, n, m]`. For webgl only: in its
 * own scatterND each entry of the result reads all B · J updates, here the J of its row.
 */
export const ScatterRows: Kernel<Call['inputs'], Call['attrs']> = {
  name: 'ScatterRows',
  any() {
    throw new OperationError('ScatterRows must run on webgl');
  },
  webgl: scatterRows,
};

function scatterRows({ inputs: { updates, indices }, attrs: { n }, backend }: Call): TensorInfo {
  const [B, J, m] = updates.shape;
  const program = {
    variableNames: ['updates', 'indices'],
    outputShape: [B, n, m],
    userCode: `
      void main() {
        ivec3 at = getOutputCoords();
        float sum = 0.0;
        for (int j = 0; j < ${String(J)}; j++) {
          if (int(getIndices(at.x, j)) == at.y) sum += getUpdates(at.x, j, at.z);
        }
        setOutput(sum);
      }`,
  };
  return (backend as WebglBackend).runWebGLProgram(program, [updates, indices], 'float32');
}
