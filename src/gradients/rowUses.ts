import { clone, dispose, engine, keep, type Tensor } from '@tensorflow/tfjs-core';
import { isTaped, withoutTape } from '../kernels/runKernel.ts';

/** A weighted sum of rows of D, y = (P D)ᵀ c, of which dL/dD is not on tfjs's tape: it is Pᵀ (c dL/dyᵀ). */
export interface RowUse {
  D: Tensor;
  indices: Tensor;
  c: Tensor;
  y: Tensor;
}

/** The uses of some matrices while a function runs, and the tensors that are kept for them. */
export class RowUses {
  readonly uses: RowUse[] = [];
  private readonly kept: Tensor[] = [];
  private readonly matrices: Tensor[];
  private readonly isOutermost: boolean;

  /** Created right before the gradient is computed. */
  constructor(matrices: Tensor[]) {
    this.matrices = matrices;
    this.isOutermost = engine().state.gradientDepth === 0;
  }

  /** Not within another gradient, around f or in it: that needs D on the tape. */
  includes(D: Tensor): boolean {
    const { gradientDepth } = engine().state;
    return this.isOutermost && gradientDepth === 1 && this.matrices.includes(D);
  }

  /** @param sum (P D)ᵀ c, with indices that outlive f. */
  add(D: Tensor, indices: Tensor, c: Tensor, sum: (indices: Tensor) => Tensor): Tensor {
    const copies = withoutTape(() => [indices, c].map((t) => keep(clone(t))));
    this.kept.push(...copies);
    const y = sum(copies[0]);
    this.uses.push({ D, indices: copies[0], c: copies[1], y });
    return y;
  }

  dispose(): void {
    dispose(this.kept);
  }
}

let current: RowUses | undefined;

/** Runs f, and records the weighted sums of rows of the matrices that it computes. */
export function recordUses<T>(uses: RowUses, f: () => T): T {
  const outer = current;
  current = uses;
  try {
    return f();
  } finally {
    current = outer;
  }
}

/** Where the uses of D are recorded now, if they are. */
export function usesOf(D: Tensor): RowUses | undefined {
  return isTaped() && current?.includes(D) ? current : undefined;
}
