/** The distribution functions of softTopk and their densities, as numbers. */
export const KINDS = {
  logistic: {
    F: (v: number) => 1 / (1 + Math.exp(-v)),
    density: (v: number) => Math.exp(-Math.abs(v)) / (1 + Math.exp(-Math.abs(v))) ** 2,
  },
  laplace: {
    F: (v: number) => (v < 0 ? Math.exp(v) / 2 : 1 - Math.exp(-v) / 2),
    density: (v: number) => Math.exp(-Math.abs(v)) / 2,
  },
  clip: {
    F: (v: number) => Math.min(Math.max(v, 0), 1),
    density: (v: number) => (v > 0 && v < 1 ? 1 : 0),
  },
};
export type Kind = keyof typeof KINDS;
export const kinds = Object.keys(KINDS) as Kind[];

/** The mask of softTopk by bisection in double precision, and its vector-Jacobian product. */
export function plainSoftTopk(x: number[], k: number, τ: number, kind: Kind) {
  const { F, density } = KINDS[kind];
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  const maskAt = (θ: number) => x.map((x) => F((x - θ) / τ));
  const finite = x.filter(Number.isFinite);
  let [low, high] = [Math.min(...finite) - 100 * τ, Math.max(...finite) + 100 * τ];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (sum(maskAt(middle)) > k) low = middle;
    else high = middle;
  }
  const h = x.map((x) => density((x - low) / τ) / τ);
  const vjp = (g: number[]) => {
    const mean = sum(h.map((h, i) => h * g[i])) / sum(h);
    return h.map((h, i) => (h === 0 ? 0 : h * (g[i] - mean)));
  };
  return { mask: maskAt(low), vjp };
}
