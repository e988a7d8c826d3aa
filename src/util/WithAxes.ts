import type {
  Rank,
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor3D,
  Tensor4D,
  Tensor5D,
} from '@tensorflow/tfjs-core';

/** The type of a tensor with the axes of A and then those of B; `Tensor` where a rank is not known. */
export type WithAxes<A extends Tensor, B extends Tensor> = WithShape<[...Axes<A>, ...Axes<B>]>;

/** tfjs's own type of the shape of a scalar is number[]. */
type Axes<T extends Tensor> = Rank extends T['rankType']
  ? number[]
  : T['rankType'] extends Rank.R0
    ? []
    : T['shape'];

type WithShape<S extends number[]> = S['length'] extends keyof Tensors
  ? Tensors[S['length']]
  : Tensor;

interface Tensors {
  0: Scalar;
  1: Tensor1D;
  2: Tensor2D;
  3: Tensor3D;
  4: Tensor4D;
  5: Tensor5D;
  6: Tensor<Rank.R6>;
}
