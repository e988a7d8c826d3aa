import { agrees, type EntryComparison } from './compareEntry.ts';
import { noiseAlong } from './noiseAlong.ts';
import type { Section } from './oneSidedSlopes.ts';
import { SIGMAS } from './rounding.ts';

/**
 * The comparison at a smaller step, where the smallest ones that tell the gradient from the difference agree with the
 * gradient: then it is smooth at the point, and larger steps cross a kink nearby. Far beyond one, as at 0.001 with
 * relu, differences are ½ at every step. Null if these do not agree, or all are lost in rounding.
 *
 * @param section with the rounding error of f along the entry, that of a coarse grid included.
 * @param steps from large to small.
 */
export function finerAgreement(
  entry: EntryComparison,
  section: Section,
  steps: number[],
  rtol: number,
): EntryComparison | null {
  const { valueAt, lengthOf } = section;
  const disagreement = Math.abs(entry.analytic - entry.numeric);
  const compareAt = (h: number, noise = section.noise): EntryComparison => {
    const width = lengthOf(h) - lengthOf(-h);
    const numeric = (valueAt(h) - valueAt(-h)) / width;
    const rounding = (Math.SQRT2 * noise) / width;
    const absolute = SIGMAS * rounding;
    const tolerance = absolute + rtol * Math.max(Math.abs(entry.analytic), Math.abs(numeric));
    const error = Math.abs(entry.analytic - numeric);
    const step = width / 2;
    return { ...entry, numeric, step, error, absolute, rounding, tolerance, isSettled: true };
  };
  const tells = ({ tolerance }: EntryComparison) => tolerance < disagreement / 2;

  const smaller = steps.filter((h) => h < entry.step);
  let i = smaller.findLastIndex((h) => tells(compareAt(h)));
  if (i < 0 || !agrees(compareAt(smaller[i]))) return null;
  while (i > 0 && agrees(compareAt(smaller[i - 1]))) i--; // at larger steps rounding does less
  const within = smaller[i] / 2; // noiseAlong looks up to 1.9 times as far, and beyond the step there may be a kink
  const noise = noiseAlong(valueAt, within, steps[steps.length - 1], true);
  const found = compareAt(smaller[i], Math.max(section.noise, noise));
  return tells(found) ? found : null; // with more rounding it still agrees
}
