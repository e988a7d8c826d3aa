import {
  customGrad,
  mul,
  softmax as tfjsSoftmax,
  sub,
  sum,
  type GradSaveFunc,
  type Tensor,
} from '@tensorflow/tfjs-core';

/**
 * The softmax along the last axis, differentiable to any order: with s = softmax(x), dL/dx = s ∘ (g − ⟨g, s⟩),
 * g = dL/ds. The gradient of tfjs's own takes s for a constant, so that its second derivative is wrong.
 */
export function softmax(x: Tensor): Tensor {
  const recomputed = customGrad((...inputs: (Tensor | GradSaveFunc)[]) => {
    const [x, save] = inputs as [Tensor, GradSaveFunc];
    save([x]);
    return {
      value: tfjsSoftmax(x),
      gradFunc: (g: Tensor, [x]: Tensor[]) => {
        const s = softmax(x);
        return mul(s, sub(g, sum(mul(g, s), -1, true)));
      },
    };
  });
  return recomputed(x);
}
