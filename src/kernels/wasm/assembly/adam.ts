/**
 * A step of Adam for `size` entries of w, of the moments m and v, and of their gradient g:
 *
 *   m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²,   w ← w − rate · m / (scale · √v + ε).
 *
 * `rest1` is 1 − β₁ and `rest2` is 1 − β₂, from numbers that are more precise than these.
 */
export function adam(
  w: usize,
  m: usize,
  v: usize,
  g: usize,
  size: i32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  rate: f32,
  scale: f32,
  epsilon: f32,
): void {
  const b1 = f32x4.splat(beta1);
  const a1 = f32x4.splat(rest1);
  const b2 = f32x4.splat(beta2);
  const a2 = f32x4.splat(rest2);
  const end = w + (usize(size) << 2);
  for (const whole = w + (usize(size & ~3) << 2); w < whole; w += 16) {
    const slope = v128.load(g);
    const mean = f32x4.add(f32x4.mul(b1, v128.load(m)), f32x4.mul(a1, slope));
    const square = f32x4.mul(f32x4.mul(a2, slope), slope);
    const variance = f32x4.add(f32x4.mul(b2, v128.load(v)), square);
    const root = f32x4.mul(f32x4.splat(scale), f32x4.sqrt(variance));
    const step = f32x4.div(
      f32x4.mul(f32x4.splat(rate), mean),
      f32x4.add(root, f32x4.splat(epsilon)),
    );
    v128.store(m, mean);
    v128.store(v, variance);
    v128.store(w, f32x4.sub(v128.load(w), step));
    m += 16;
    v += 16;
    g += 16;
  }
  for (; w < end; w += 4) {
    const slope = load<f32>(g);
    const mean = beta1 * load<f32>(m) + rest1 * slope;
    const variance = beta2 * load<f32>(v) + rest2 * slope * slope;
    store<f32>(m, mean);
    store<f32>(v, variance);
    store<f32>(w, load<f32>(w) - (rate * mean) / (scale * sqrt<f32>(variance) + epsilon));
    m += 4;
    v += 4;
    g += 4;
  }
}
