import type { TensorInfo } from '@tensorflow/tfjs-core';
import { MIN_POSITIVE } from '../../util/float32.ts';
import { readFloats } from '../readFloats.ts';
import { selectRanks } from '../select/selectRanks.ts';
import { checkRanked } from './checkRanked.ts';
import { SOFT_KINDS, type Distribution } from './softKinds.ts';
import type { SoftMaskCall } from './SoftMaskCall.ts';

/** The relative error allowed in Σm, before m is rounded to float32. */
const TOLERANCE = 1e-9;
/** Bisection takes fewer: an interval is at most 2¹⁰²⁴ long, at least 2⁻¹⁰⁷⁴, and is halved each time. */
const MAX_STEPS = 2200;
/** Widens the first bounds of θ by more than their rounding. */
const SLACK = 1e-9;
/** Takes the place of an infinite bound. */
const FAR = 1e300;

/** The mask in double precision, row by row, for every backend whose data can be read synchronously. */
export function softMaskOnCpu({ inputs, attrs, backend }: SoftMaskCall): TensorInfo {
  const { shape } = inputs.x;
  const [rows, n] = shape as [number, number];
  const [x, [τ]] = [inputs.x, inputs.τ].map(readFloats);
  const { k, kind } = attrs;
  const [i, j] = [Math.floor(k) + 1, Math.max(Math.ceil(k), 1)];
  const at = selectRanks(x, n, [n - 1, n - i, n - j]); // ascending
  const [largest, ith, jth] = [0, 1, 2].map((rank) =>
    Float32Array.from({ length: rows }, (_, row) => x[row * n + at[3 * row + rank]]),
  );
  const mask = new Float32Array(rows * n);
  if (k < MIN_POSITIVE) checkRanked(largest);
  else {
    checkRanked(largest, ith, jth);
    const u = new Float64Array(n);
    for (let row = 0; row < rows; row++) {
      // Counted from an entry near θ, so that neither a large x nor a small τ blurs what is there.
      const origin = [ith[row], jth[row]].find(Number.isFinite) ?? 0;
      for (let c = 0; c < n; c++) u[c] = (x[row * n + c] - origin) / τ;
      const [uᵢ, uⱼ] = [ith, jth].map((entries) => (entries[row] - origin) / τ);
      solve(SOFT_KINDS[kind].ofNumbers, u, k, uᵢ, uⱼ, mask.subarray(row * n, (row + 1) * n));
    }
  }
  return { dataId: backend.write(mask, shape, 'float32'), shape, dtype: 'float32' };
}

/** Writes m = F(u − θ) with Σm = k. θ is found as `softMaskByOps` finds it, by Newton's method and bisection. */
function solve(
  { F, inverse, slope }: Distribution<number>,
  u: Float64Array,
  k: number,
  uᵢ: number,
  uⱼ: number,
  m: Float32Array,
): void {
  const n = u.length;
  const [i, j] = [Math.floor(k) + 1, Math.ceil(k)];
  // The i-th and j-th largest bound θ: i F(uᵢ − θ) ≤ Σm ≤ j − 1 + (n − j + 1) F(uⱼ − θ).
  let low = Math.max(uᵢ, -FAR) - inverse(k / i) - SLACK;
  let high = Math.min(uⱼ, FAR) - inverse((k - j + 1) / (n - j + 1)) + SLACK;
  const target = inverse(k / n);
  const middle = (Math.max(uᵢ, -FAR) + Math.min(uⱼ, FAR)) / 2 - inverse(0.5);
  let θ = Math.min(Math.max(middle, low), high);
  let [last, beforeLast] = [high - low, high - low]; // the lengths of these steps
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    let [Σm, slopes] = [0, 0];
    for (let c = 0; c < n; c++) {
      const share = F(u[c] - θ);
      m[c] = share;
      Σm += share;
      slopes += slope(share);
    }
    if (Math.abs(Σm - k) <= TOLERANCE * k) return;
    if (Σm > k) low = θ;
    else high = θ;
    const mean = Math.min(Math.max(Σm / n, Number.MIN_VALUE), 1 - 2 ** -53);
    const newton = ((inverse(mean) - target) * slope(mean) * n) / slopes; // NaN where both are 0
    const isWithin = θ + newton >= low && θ + newton <= high;
    const step = isWithin && 2 * Math.abs(newton) <= beforeLast ? newton : (low + high) / 2 - θ;
    if (θ + step === θ) return;
    θ += step;
    [last, beforeLast] = [Math.abs(step), last];
  }
}
