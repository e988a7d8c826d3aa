import { keyOf } from './order';

/** Set at random when the module starts, so that no order that is fixed in advance is bad for the sample. */
export let seed: u32 = 0;

/**
 * The key of one entry of each `every`. Which one is drawn by a linear congruential generator, that of Numerical
 * Recipes: no period of the data matches it.
 */
export function takeSample(x: usize, size: i32, every: u32, keys: usize): void {
  for (let i = 0; i < size; i++) {
    seed = seed * 1664525 + 1013904223;
    store<i32>(keys + (i << 2), keyOf(load<i32>(x + ((((seed >>> 20) * every) >>> 12) << 2))));
    x += every << 2;
  }
}
