import {
  abs,
  add,
  clipByValue,
  div,
  engine,
  greater,
  greaterEqual,
  lessEqual,
  logicalAnd,
  maximum,
  minimum,
  mul,
  scalar,
  slice,
  sub,
  tidy,
  where,
  zeros,
  type KernelFunc,
  type NamedAttrMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { padToBlocks } from './blocks.ts';
import { isOnGpu } from '../../util/isOnGpu.ts';
import { subtractPerRow } from './subtractPerRow.ts';
import { provideKernel } from '../runKernel.ts';
import { SOFT_KINDS, type SoftKindName } from './softKinds.ts';
import { rowTotals } from './rowTotals.ts';
import { provideTotalOrderTopK, TotalOrderTopK } from '../topk/TotalOrderTopK.ts';

/** For x `[rows, n]` and a scalar τ: the mask F((x − θ) / τ) with θ such that each row sums to k, 0 < k < n. */
export const SoftMask = 'SoftMask';

export interface SoftMaskAttrs extends NamedAttrMap {
  k: number;
  kind: SoftKindName;
  /** The function that was called, which errors name. */
  fn: string;
}

export function provideSoftMask(): void {
  provideTotalOrderTopK();
  const read = (t: Tensor) => t.dataSync<'float32'>();
  provideKernel(SoftMask, { any: (params) => softMask(params, isOnGpu() ? undefined : read) });
}

/** Random rows take 2 to 6. On the GPU, where nothing is read, all rows take so many. */
const STEPS = 16;
/** Where results are read. By halves alone it would take this many. */
const MOST_STEPS = 100;
/** Of Σm, as a share of k. */
const TOLERANCE = 1e-6;
/** For the rounding of the first bounds of θ. */
const SLACK = 1e-5;
/** No float32 but Infinity is greater by much. */
export const GREATEST = 3.4e38;

/**
 * Newton's method on F⁻¹(Σm / n) = F⁻¹(k / n), of which the left side is linear in θ where all of x are equal,
 * and for clip where the same entries stay between 0 and 1. A step out of the interval in which θ is
 * known to be, or more than half as long as the one before the last, is replaced by one to the middle.
 * A row that has been found stays as it is.
 *
 * @param read where that is quick: then no more steps are taken than are needed, and NaN is refused.
 */
function softMask(
  { inputs, attrs }: Parameters<KernelFunc>[0],
  read?: (t: Tensor) => Float32Array,
): Tensor {
  const { k, kind, fn } = attrs as SoftMaskAttrs;
  const { F, inverse, slope } = SOFT_KINDS[kind];
  const { x, τ } = inputs as { x: Tensor; τ: Tensor };
  const [rows, n] = x.shape as [number, number];
  return tidy(() => {
    const [i, j] = [Math.floor(k) + 1, Math.ceil(k)];
    const order = { k: i, largest: true, sorted: true };
    const [top] = engine().runKernel<Tensor[]>(TotalOrderTopK, { x }, order);
    const [first, ith, jth] = [1, i, j].map((at): Tensor => slice(top, [0, at - 1], [rows, 1]));
    if (read) checkTop([first, ith, jth].map(read), fn);

    // x and θ are counted from an entry at the cut, since float32 is finest about 0: u = (x − cut) / τ.
    const isNumber = (t: Tensor) => lessEqual(abs(t), GREATEST);
    const cut = where(isNumber(ith), ith, where(isNumber(jth), jth, zeros([rows, 1])));
    const u = (t: Tensor): Tensor => div(subtractPerRow(t, cut), τ);
    const [uᵢ, uⱼ] = [ith, jth].map((t) => clipByValue(u(t), -GREATEST, GREATEST));

    // The i-th and j-th greatest bound θ: i F(uᵢ − θ) ≤ Σm ≤ j − 1 + (n − j + 1) F(uⱼ − θ).
    const [aboveI, aboveJ] = [inverse(scalar(k / i)), inverse(scalar((k - j + 1) / (n - j + 1)))];
    const target = inverse(scalar(k / n));
    const middle = sub(add(mul(uᵢ, 0.5), mul(uⱼ, 0.5)), inverse(scalar(0.5)));
    const start = minimum(maximum(middle, sub(uᵢ, aboveI)), sub(uⱼ, aboveJ));

    let θ: Tensor = zeros([rows, 1]); // from the start
    let low: Tensor = sub(sub(sub(uᵢ, start), aboveI), SLACK);
    let high: Tensor = add(sub(sub(uⱼ, start), aboveJ), SLACK);
    let v = subtractPerRow(padToBlocks(u(x), -Infinity), start);
    let m = F(v);
    let [last, before]: Tensor[] = [sub(high, low), sub(high, low)]; // how long the steps were
    for (let steps = 0; steps < (read ? MOST_STEPS : STEPS); steps++) {
      const Σm = rowTotals(m);
      if (read?.(Σm).every((s) => Math.abs(s - k) <= TOLERANCE * k)) break;
      [θ, low, high, v, m, last, before] = tidy(() => {
        const mean = clipByValue(div(Σm, n), 1e-30, 1 - 2 ** -24);
        const error = sub(inverse(mean), target);
        const slopes = maximum(div(rowTotals(slope(m)), n), 1e-30);
        const newton: Tensor = div(mul(error, slope(mean)), slopes);

        const isOver = greater(Σm, k);
        const [from, to]: Tensor[] = [where(isOver, θ, low), where(isOver, high, θ)];
        const next = add(θ, newton);
        const isWithin = logicalAnd(greaterEqual(next, from), lessEqual(next, to));
        const isShort = lessEqual(mul(abs(newton), 2), before);
        const half = sub(mul(add(from, to), 0.5), θ);
        const isFound = lessEqual(abs(sub(Σm, k)), TOLERANCE * k);
        const step = where(logicalAnd(isWithin, isShort), newton, half);
        const δ: Tensor = where(isFound, zeros([rows, 1]), step);
        const moved = subtractPerRow(v, δ); // finer than from θ + δ, which float32 rounds
        return [add(θ, δ), from, to, moved, F(moved), abs(δ), last];
      });
    }
    return slice(m, 0, [rows, n]);
  });
}

/** The greatest, i-th and j-th of each row. */
function checkTop([greatest, ith, jth]: Float32Array[], fn: string): void {
  if (greatest.some(Number.isNaN)) throw new Error(`${fn}: x must be numbers, got NaN`);
  if (ith.includes(Infinity) || jth.includes(-Infinity)) {
    const rule = 'have at most k times Infinity, and at least k entries above -Infinity';
    throw new Error(`${fn}: x must ${rule}, got a row that does not`);
  }
}
