import { engine, zeros, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Reverse mode: dyᵀ ∂f/∂xᵢ for each input xᵢ, of its shape. Where f does not use an input the product is zero
 * (tf.grads would throw).
 *
 * @param dy of the shape of f(…xs).
 */
export function vjp(f: (...xs: Tensor[]) => Tensor, xs: Tensor[], dy: Tensor): Tensor[] {
  return partials(f, xs, dy).map((product, i) => product ?? zeros(xs[i].shape));
}

/**
 * The same, with null where f does not use an input. tfjs reads the list xs after f has returned: f may append tensors
 * that it has computed, and their products are returned as well. Where a rule throws, this frees what tfjs keeps on its
 * tape (tf.grads would leak it).
 */
export function partials(
  f: (...xs: Tensor[]) => Tensor,
  xs: Tensor[],
  dy: Tensor,
): (Tensor | null)[] {
  try {
    const { grads } = onItsOwnTape(() => engine().gradients(() => f(...xs), xs, dy, true));
    return grads.map((product: Tensor | null | undefined) => product ?? null);
  } catch (error) {
    const { state } = engine();
    if (state.gradientDepth === 0) {
      for (const { saved } of (state.activeTape as typeof state.activeTape | null) ?? []) {
        for (const tensor of saved ?? []) tensor.dispose();
      }
      state.activeTape = [];
    }
    throw error;
  }
}

/**
 * tfjs keeps one tape for nested gradients. It would find how one of the xs depends on another outside of f, and count
 * that as well. What runs here is on the outer tape afterwards.
 */
function onItsOwnTape<T>(run: () => T): T {
  const { state } = engine();
  if (state.gradientDepth === 0) return run();
  const outer = state.activeTape;
  state.activeTape = [];
  try {
    return run();
  } finally {
    for (const node of state.activeTape) outer.push(node);
    state.activeTape = outer;
  }
}
