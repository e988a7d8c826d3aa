/** The position of the first of `size` indices that is not in [0, n), or −1. */
export function firstOutside(indices: usize, size: i32, n: i32): i32 {
  const bound = i32x4.splat(n);
  let i = 0;
  for (; i + 4 <= size; i += 4) {
    if (v128.any_true(i32x4.ge_u(v128.load(indices + (i << 2)), bound))) break;
  }
  for (; i < size; i++) if (load<u32>(indices + (i << 2)) >= u32(n)) return i;
  return -1;
}

/**
 * values[b, j, s, :] = x[b, indices[b, j, s], s, :]
 *
 * @param x `[B, n, S, C]`
 * @param indices `[B, k, S]`
 * @param values `[B, k, S, C]`
 */
export function takeAlongAxis(
  x: usize,
  indices: usize,
  values: usize,
  B: i32,
  n: i32,
  k: i32,
  S: i32,
  C: i32,
): void {
  const bytes = C << 2;
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < k; j++) {
      for (let s = 0; s < S; s++) {
        const from = x + (load<i32>(indices) * S + s) * bytes;
        if (C == 1) store<i32>(values, load<i32>(from));
        else memory.copy(values, from, bytes);
        indices += 4;
        values += bytes;
      }
    }
    x += n * S * bytes;
  }
}

/**
 * sums[b, indices[b, j, s], s, :] += values[b, j, s, :], from zeros.
 *
 * @param values `[B, k, S, C]`, float32 or int32
 * @param indices `[B, k, S]`
 * @param sums `[B, n, S, C]`, of the same type
 */
export function putAlongAxis(
  values: usize,
  indices: usize,
  sums: usize,
  isFloat: bool,
  B: i32,
  n: i32,
  k: i32,
  S: i32,
  C: i32,
): void {
  const bytes = C << 2;
  memory.fill(sums, 0, B * n * S * bytes);
  for (let b = 0; b < B; b++) {
    for (let j = 0; j < k; j++) {
      for (let s = 0; s < S; s++) {
        const to = sums + (load<i32>(indices) * S + s) * bytes;
        if (isFloat) addFloats(to, values, bytes);
        else addIntegers(to, values, bytes);
        indices += 4;
        values += bytes;
      }
    }
    sums += n * S * bytes;
  }
}

function addFloats(to: usize, from: usize, bytes: i32): void {
  const end = from + bytes;
  for (; from + 16 <= end; from += 16) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    to += 16;
  }
  for (; from < end; from += 4) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    to += 4;
  }
}

function addIntegers(to: usize, from: usize, bytes: i32): void {
  for (const end = from + bytes; from < end; from += 4) {
    store<i32>(to, load<i32>(to) + load<i32>(from));
    to += 4;
  }
}
