import { gapAcross, slopeTo, visibleGap, type Kink, type Section } from './oneSidedSlopes.ts';
import type { Tolerances } from './gradSettings.ts';

/** Compared with the gap at a step 8 times as long. */
const HALVINGS = 3;
/** Of a smooth function, the gap h f″ shrinks to an eighth; beyond a kink, at some distance from it, it hardly does. */
const SHARE = 0.4;

/**
 * A kink so near that rounding hides on which side of it the point is: at the smallest step at which the slopes on both
 * sides differ visibly, they differ by much of what they do at larger ones. Null if there is none, or smaller steps
 * would tell.
 *
 * @param steps from large to small, each half the one before.
 */
export function kinkNearby(section: Section, steps: number[], tolerances: Tolerances): Kink | null {
  const gapAt = (h: number) => Math.abs(gapAcross(section, h));
  const finest = steps.findLastIndex((h) => gapAt(h) > visibleGap(section, h, tolerances));
  if (finest < HALVINGS) return null;
  const [h, far] = [steps[finest], steps[finest - HALVINGS]];
  const isHidden = 2 * visibleGap(section, h / 2, tolerances) > gapAt(h); // from all smaller steps
  if (!isHidden || gapAt(h) < SHARE * gapAt(far)) return null;
  return { slopes: [slopeTo(-far, section), slopeTo(far, section)], step: h };
}
