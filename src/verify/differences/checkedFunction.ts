import { reshape, tidy, util, type Tensor } from '@tensorflow/tfjs-core';
import { assertArg } from '../../args/check.ts';
import { checkOutput } from '../../args/checkOutput.ts';
import { formatShape } from '../../util/formatShape.ts';
import { kernelsOf } from './kernelsOf.ts';
import { nameOfEntry, nameOfProbe } from './nameOfProbe.ts';
import type { Probe } from './Probe.ts';

/** A vector-valued function whose Jacobian is checked: f with its output flattened, or the gradient of an output. */
export interface CheckedFunction {
  /** Returns a float32 vector of `size` entries. */
  call: (...xs: Tensor[]) => Tensor;
  size: number;
  /** "f", or "the gradient of f[2]". */
  title: string;
  /** The name of an output, "f[2]", or of a combination of outputs. */
  nameOf: (output: Probe) => string;
  /** Whether its slopes may all be 0 but for rounding, as those of the gradient of a linear function are. */
  mayBeConstant: boolean;
  /** The kernels that f runs. */
  kernels: Set<string>;
}

/** f with its output flattened. A call throws unless f returns a float32 tensor, always of the same shape. */
export function checkedFunction(f: (...xs: Tensor[]) => Tensor, xs: Tensor[]): CheckedFunction {
  const { result, kernels } = kernelsOf(() => tidy(() => checkOutput(f(...xs))));
  const { shape, size } = result;
  return {
    call(...xs) {
      const y = checkOutput(f(...xs));
      const shapes = `${formatShape(shape)} and ${formatShape(y.shape)}`;
      const isSame = util.arraysEqual(y.shape, shape);
      assertArg(isSame, 'f', 'return the same shape at each call', shapes);
      return reshape(y, [-1]);
    },
    size,
    title: 'f',
    nameOf: (output) => nameOfProbe(output, (index) => nameOfEntry('f', shape, index)),
    mayBeConstant: false,
    kernels,
  };
}
