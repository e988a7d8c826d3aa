/**
 * A dot product. Blocks of four terms go to two sums in turn, so that an addition need not wait for the one before.
 *
 * `dots` alone calls it: so the compiler inlines it, which for short rows halves the time.
 */
export function dot(w: usize, x: usize, d: i32): f32 {
  const blocks: usize = (d & ~3) << 2;
  let even = f32x4.splat(0);
  let odd = even;
  let j: usize = 0;
  for (; j + 64 <= blocks; j += 64) {
    even = f32x4.add(even, f32x4.mul(v128.load(w + j), v128.load(x + j)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(w + j, 16), v128.load(x + j, 16)));
    even = f32x4.add(even, f32x4.mul(v128.load(w + j, 32), v128.load(x + j, 32)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(w + j, 48), v128.load(x + j, 48)));
  }
  if (j + 32 <= blocks) {
    even = f32x4.add(even, f32x4.mul(v128.load(w + j), v128.load(x + j)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(w + j, 16), v128.load(x + j, 16)));
    j += 32;
  }
  if (j < blocks) even = f32x4.add(even, f32x4.mul(v128.load(w + j), v128.load(x + j)));
  const sums = f32x4.add(even, odd);
  const first = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 2);
  const second = f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 3);
  return addRest(first + second, w, x, d);
}

/** Adds the terms that make up no whole block. */
export function addRest(sum: f32, w: usize, x: usize, d: i32): f32 {
  for (let j = d & ~3; j < d; j++) sum += load<f32>(w + (j << 2)) * load<f32>(x + (j << 2));
  return sum;
}
