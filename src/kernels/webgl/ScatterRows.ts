import type { KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel } from '../runKernel.ts';

interface Call {
  inputs: { updates: Tensor; indices: Tensor };
  attrs: { n: number };
  backend: KernelBackend;
}

interface WebglBackend extends KernelBackend {
  runWebGLProgram: (
    program: object,
    inputs: TensorInfo[],
    dtype: 'float32' | 'int32',
  ) => TensorInfo;
  disposeIntermediateTensorInfo: (info: TensorInfo) => void;
}

/**
 * Adds `updates` `[B, J, m]` at the `indices` `[B, J]` of B times n zero rows `[B, n, m]`. For webgl only: in its
 * own scatterND each entry of the result reads all B · J updates.
 */
export const ScatterRows: Kernel<Call['inputs'], Call['attrs']> = {
  name: 'ScatterRows',
  any: scatterRows,
};

/**
 * A texel can read but not scatter, so it has to find its updates. They are linked into lists first, one for every S
 * rows of the result: by n / S · J comparisons for the heads, and up to J² for the links. Then each entry of the result
 * walks its list, which has J · S / n updates on average.
 */
function scatterRows({ inputs: { updates, indices }, attrs: { n }, backend }: Call): TensorInfo {
  const { runWebGLProgram, disposeIntermediateTensorInfo } = backend as WebglBackend;
  const [B, J, m] = updates.shape;
  const S = Math.ceil(Math.sqrt(n / m)); // n J / S + m J S is least
  const run = (inputs: Record<string, TensorInfo>, outputShape: number[], userCode: string) =>
    runWebGLProgram.call(
      backend,
      { variableNames: Object.keys(inputs), outputShape, userCode },
      Object.values(inputs),
      outputShape.length === 3 ? 'float32' : 'int32',
    );
  const first = run({ indices }, [B, Math.ceil(n / S)], findUpdate('0', 'at.y', J, S));
  const listOfUpdate = `int(getIndices(at.x, at.y)) / ${String(S)}`;
  const next = run({ indices }, [B, J], findUpdate('at.y + 1', listOfUpdate, J, S));
  const sums = run({ updates, indices, first, next }, [B, n, m], addList(J, S));
  for (const links of [first, next]) disposeIntermediateTensorInfo.call(backend, links);
  return sums;
}

/** The first update of a list from one on, or −1. WebGL 1 has loops from a constant only. */
const findUpdate = (from: string, list: string, J: number, S: number) => `
  void main() {
    ivec2 at = getOutputCoords();
    int list = ${list};
    int found = -1;
    for (int i = 0; i < ${String(J)}; i++) {
      int j = ${from} + i;
      if (j >= ${String(J)}) break;
      if (int(getIndices(at.x, j)) / ${String(S)} == list) {
        found = j;
        break;
      }
    }
    setOutput(float(found));
  }`;

const addList = (J: number, S: number) => `
  void main() {
    ivec3 at = getOutputCoords();
    float sum = 0.0;
    int j = int(getFirst(at.x, at.y / ${String(S)}));
    for (int i = 0; i < ${String(J)}; i++) {
      if (j < 0) break;
      if (int(getIndices(at.x, j)) == at.y) sum += getUpdates(at.x, j, at.z);
      j = int(getNext(at.x, j));
    }
    setOutput(sum);
  }`;
