import { tensor } from '@tensorflow/tfjs-core';
import { checkNotNegative } from '../../args/check.ts';
import { named } from '../../args/operation.ts';
import { HALF_OF_SMALLEST } from '../differences/rounding.ts';
import type { ChoiceGradient } from './Choice.ts';
import { evenElement } from './evenElement.ts';
import { limitsOfGradients } from './limitsOfGradients.ts';
import { lowestElement } from './lowestElement.ts';
import { minNormPoint } from './minNormPoint.ts';
import { nearestOffset } from './nearestOffset.ts';
import { readEntries } from './readEntries.ts';
import type { Subdifferential } from './Subdifferential.ts';

/** @param name the public function's, for its errors. */
export function subdifferentialOf(name: string, gradient: ChoiceGradient): Subdifferential {
  const { shape, scale } = gradient;
  const toTensor = (g: Float64Array[], shape: number[]) =>
    tensor(Float32Array.from(g.flatMap((row) => Array.from(row))), shape);
  return {
    bouligand: () =>
      named(name, () => {
        const limits = limitsOfGradients(gradient);
        return toTensor(limits, [limits.length, ...shape]);
      }),
    minNorm: () =>
      named(name, () => {
        const shortest = minNormPoint(lowestElement(gradient), evenElement(gradient));
        return toTensor([shortest], shape);
      }),
    contains: (g, tolerance = 1e-6) =>
      named(name, () => {
        checkNotNegative(tolerance, 'tolerance');
        const entries = readEntries(g, 'g', shape);
        const isTooFar = (entry: number, i: number) =>
          !(Math.abs(entry) <= (1 + tolerance) * scale[i] + HALF_OF_SMALLEST);
        if (entries.some(isTooFar)) return false;
        return nearestOffset(gradient, entries).every(
          (offset, i) => Math.abs(offset) * scale[i] <= tolerance * scale[i] + HALF_OF_SMALLEST,
        );
      }),
  };
}
