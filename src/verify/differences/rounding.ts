/** The largest relative error of a number that is rounded to float32. */
export const UNIT_ROUNDOFF = 2 ** -24;
/** The largest error of a number that is rounded to float32 near 0, where its spacing is 2⁻¹⁴⁹. */
export const HALF_OF_SMALLEST = 2 ** -150;
/** A difference counts from this many standard deviations of its rounding error on. */
export const SIGMAS = 8;
/** By how many times the rounding of its values a function must move, or jump, for that to count. */
export const VISIBLE = 16;
/** Of the slope: a fault that should show. */
export const FAULT = 0.01;
