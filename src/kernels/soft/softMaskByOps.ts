import {
  abs,
  add,
  clipByValue,
  div,
  greater,
  greaterEqual,
  lessEqual,
  logicalAnd,
  maximum,
  minimum,
  mul,
  slice,
  sub,
  tidy,
  where,
  zeros,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { MAX_FLOAT, MIN_POSITIVE } from '../../util/float32.ts';
import { isOnGpu } from '../../util/isOnGpu.ts';
import { runKernel } from '../runKernel.ts';
import { TotalOrderTopK } from '../topk/TotalOrderTopK.ts';
import { checkRanked } from './checkRanked.ts';
import { padToBlocks } from './padToBlocks.ts';
import { rowTotals } from './rowTotals.ts';
import { SOFT_KINDS } from './softKinds.ts';
import type { SoftMaskCall } from './SoftMaskCall.ts';
import { subtractPerRow } from './subtractPerRow.ts';

/** Random rows take 2 to 6 steps. On the GPU, where nothing is read, every row takes this many. */
const GPU_STEPS = 16;
/** Elsewhere, an upper bound: pure bisection takes this many. */
const MAX_STEPS = 100;
/** The relative error allowed in Σm. */
const TOLERANCE = 1e-6;
/** Widens the first bounds of θ by more than their rounding. */
const SLACK = 1e-5;

/**
 * The mask by operations of tfjs. θ is found by Newton's method on F⁻¹(Σm / n) = F⁻¹(k / n). Its left side is
 * linear in θ where all entries of x are equal, and for 'clip' where the same entries stay between 0 and 1. A step
 * that leaves the interval in which θ is known to lie, or that is more than half as long as the one before the last,
 * is replaced by bisection. A row that has converged stays as it is.
 */
export function softMaskByOps({ inputs, attrs }: Omit<SoftMaskCall, 'backend'>): Tensor {
  const { k, kind } = attrs;
  const { F, inverse, slope } = SOFT_KINDS[kind].ofTensors;
  const { x, τ } = inputs;
  const [rows, n] = x.shape as [number, number];
  // Where reading is quick, no more steps are taken than are needed, and NaN is refused.
  const read = isOnGpu() ? undefined : (t: Tensor) => t.dataSync<'float32'>();
  return tidy((): Tensor => {
    if (k < MIN_POSITIVE) {
      const [largest] = runKernel(TotalOrderTopK, { x }, { k: 1, sorted: true });
      if (read) checkRanked(read(largest));
      return zeros([rows, n]);
    }
    const [i, j] = [Math.floor(k) + 1, Math.ceil(k)];
    const [top] = runKernel(TotalOrderTopK, { x }, { k: i, sorted: true });
    const [first, ith, jth] = [1, i, j].map((rank): Tensor => slice(top, [0, rank - 1], [rows, 1]));
    if (read) checkRanked(read(first), read(ith), read(jth));

    // x and θ are counted from an entry near θ, since float32 is finest about 0: u = (x − origin) / τ.
    const isNumber = (t: Tensor) => lessEqual(abs(t), MAX_FLOAT);
    const origin = where(isNumber(ith), ith, where(isNumber(jth), jth, zeros([rows, 1])));
    const u = (t: Tensor): Tensor => div(subtractPerRow(t, origin), τ);
    const [uᵢ, uⱼ] = [ith, jth].map((t) => clipByValue(u(t), -MAX_FLOAT, MAX_FLOAT));

    // The i-th and j-th largest bound θ: i F(uᵢ − θ) ≤ Σm ≤ j − 1 + (n − j + 1) F(uⱼ − θ).
    // In double precision: float32 rounds a share near 1 to 1, where F⁻¹ is infinite.
    const quantile = SOFT_KINDS[kind].ofNumbers.inverse;
    const [aboveI, aboveJ] = [quantile(k / i), quantile((k - j + 1) / (n - j + 1))];
    const target = quantile(k / n);
    const middle = sub(add(mul(uᵢ, 0.5), mul(uⱼ, 0.5)), quantile(0.5));
    const start = minimum(maximum(middle, sub(uᵢ, aboveI)), sub(uⱼ, aboveJ));

    let θ: Tensor = zeros([rows, 1]); // from the start
    let low: Tensor = sub(sub(sub(uᵢ, start), aboveI), SLACK);
    let high: Tensor = add(sub(sub(uⱼ, start), aboveJ), SLACK);
    let v = subtractPerRow(padToBlocks(u(x), -Infinity), start);
    let m = F(v);
    let [last, beforeLast]: Tensor[] = [sub(high, low), sub(high, low)]; // the lengths of these steps
    for (let steps = 0; steps < (read ? MAX_STEPS : GPU_STEPS); steps++) {
      const Σm = rowTotals(m);
      if (read?.(Σm).every((s) => Math.abs(s - k) <= TOLERANCE * k)) break;
      [θ, low, high, v, m, last, beforeLast] = tidy(() => {
        const mean = clipByValue(div(Σm, n), 1e-30, 1 - 2 ** -24);
        const error = sub(inverse(mean), target);
        const slopes = maximum(div(rowTotals(slope(m)), n), 1e-30);
        const newton: Tensor = div(mul(error, slope(mean)), slopes);

        const isOver = greater(Σm, k);
        const [from, to]: Tensor[] = [where(isOver, θ, low), where(isOver, high, θ)];
        const next = add(θ, newton);
        const isWithin = logicalAnd(greaterEqual(next, from), lessEqual(next, to));
        const isShort = lessEqual(mul(abs(newton), 2), beforeLast);
        const bisection = sub(mul(add(from, to), 0.5), θ);
        const hasConverged = lessEqual(abs(sub(Σm, k)), TOLERANCE * k);
        const step = where(logicalAnd(isWithin, isShort), newton, bisection);
        const δ: Tensor = where(hasConverged, zeros([rows, 1]), step);
        const moved = subtractPerRow(v, δ); // finer than from θ + δ, which float32 rounds
        return [add(θ, δ), from, to, moved, F(moved), abs(δ), last];
      });
    }
    return slice(m, 0, [rows, n]);
  });
}
