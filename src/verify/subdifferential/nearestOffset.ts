import type { ChoiceGradient } from './Choice.ts';
import { evenElement } from './evenElement.ts';
import { lowestElement } from './lowestElement.ts';
import { minNormPoint } from './minNormPoint.ts';

/**
 * Element minus g, for the element of the Clarke subdifferential that is nearest to g if each entry is measured in its
 * own scale; in this scale. Entries without a scale are left out.
 */
export function nearestOffset(gradient: ChoiceGradient, g: Float32Array): Float64Array {
  const { scale } = gradient;
  const lowest = lowestElement(gradient);
  const divide = (v: Float64Array) => v.map((entry, i) => (scale[i] === 0 ? 0 : entry / scale[i]));
  const offsetOf = (element: Float64Array) => divide(element.map((entry, i) => entry - g[i]));
  return minNormPoint((u) => offsetOf(lowest(divide(u))), offsetOf(evenElement(gradient)));
}
