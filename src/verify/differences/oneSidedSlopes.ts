/** A kink shows as a gap between the slopes that stays as it is when the step shrinks by these. */
const SHRINKAGES = [16, 8, 4, 2];
/** The rounding error of f(x + h) − 2 f(x) + f(x − h) in units of that of f: √(1² + 2² + 1²). */
const SECOND_DIFFERENCE = /* @__PURE__ */ Math.sqrt(6);
const SIGMAS = 8;

/** A function of t, on a line through the point. */
export interface Section {
  valueAt: (t: number) => number;
  /** t, after rounding to float32. */
  lengthOf: (t: number) => number;
  /** The standard deviation of the function's rounding error. */
  noise: number;
}

export interface Kink {
  /** Below and above the point. */
  slopes: [number, number];
  /** The kink is within this distance. */
  step: number;
}

/**
 * The slopes below and above the point, (f(x) − f(x − h)) / h and (f(x + h) − f(x)) / h, if there is a kink between
 * them; else null. Of a smooth f they differ by h f″, which shrinks with h.
 */
export function oneSidedSlopes(section: Section, h: number, rtol: number): Kink | null {
  const slopesAt = (h: number) => [-h, h].map((t) => slopeTo(t, section)) as [number, number];
  const gapAt = (h: number) => Math.abs(slopesAt(h)[1] - slopesAt(h)[0]);
  const isVisible = (h: number) => {
    const slope = Math.max(...slopesAt(h).map(Math.abs));
    return gapAt(h) > (SIGMAS * SECOND_DIFFERENCE * section.noise) / h + rtol * slope;
  };
  const shrinkage = SHRINKAGES.find((shrinkage) => isVisible(h / shrinkage));
  if (shrinkage === undefined) return null;
  const ratio = gapAt(h / shrinkage) / gapAt(h);
  const isConstant = ratio > 1 / Math.sqrt(shrinkage) && ratio < Math.sqrt(shrinkage);
  return isConstant ? { slopes: slopesAt(h / shrinkage), step: h / shrinkage } : null;
}

function slopeTo(t: number, { valueAt, lengthOf }: Section): number {
  return (valueAt(t) - valueAt(0)) / lengthOf(t);
}
