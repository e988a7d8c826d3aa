import { dot } from './dot.ts';

/** Integers, so that everything is exact. */
export interface IntegerProblem {
  W: number[][];
  X: number[][];
  k: number;
  slope: (y: number) => number;
}

/** The gradients in W of Σ φ(topk(W x)) that nearby points have in the limit, for random directions; each once. */
export function sampleLimitsInW(problem: IntegerProblem, count: number, random: () => number) {
  const { W, X } = problem;
  return distinct(count, () => {
    const Z = W.map((row) => row.map(() => integer(random)));
    const selections = X.map((x) => {
      const move = Z.map((z) => dot(z, x));
      return x.every((entry) => entry === 0) ? [] : select(problem, x, move);
    });
    if (selections.includes(undefined)) return undefined;
    return W.map((row, i) =>
      row.map((_, c) =>
        X.reduce((sum, x, b) => {
          const isSelected = selections[b]?.includes(i);
          return isSelected ? sum + problem.slope(dot(W[i], x)) * x[c] : sum;
        }, 0),
      ),
    ).flat();
  });
}

/** The same in the only x. Equal rows tie everywhere; of these, the first is selected. */
export function sampleLimitsInX(problem: IntegerProblem, count: number, random: () => number) {
  const { W, X } = problem;
  const [x] = X;
  return distinct(count, () => {
    const z = x.map(() => integer(random));
    const move = W.map((w, i) => dot(w, z) - i / W.length); // the fraction decides between equal rows only
    const selected = select(problem, x, move);
    return (
      selected &&
      x.map((_, c) => selected.reduce((sum, i) => sum + problem.slope(dot(W[i], x)) * W[i][c], 0))
    );
  });
}

/** The k largest entries of W x + t · move for t → 0; undefined if some tie across the threshold. */
function select({ W, k }: IntegerProblem, x: number[], move: number[]): number[] | undefined {
  const y = W.map((w) => dot(w, x));
  const compare = (i: number, j: number) => y[j] - y[i] || move[j] - move[i];
  const order = Array.from(W.keys()).sort(compare);
  const isTie = k > 0 && k < W.length && compare(order[k - 1], order[k]) === 0;
  return isTie ? undefined : order.slice(0, k);
}

function distinct(count: number, sample: () => number[] | undefined): number[][] {
  const found = new Map<string, number[]>();
  for (let i = 0; i < count; i++) {
    const gradient = sample();
    if (gradient)
      found.set(
        gradient.map((entry) => entry || 0).join(),
        gradient.map((entry) => entry || 0),
      );
  }
  return [...found.values()];
}

function integer(random: () => number): number {
  return Math.floor(random() * 2 ** 20) - 2 ** 19;
}
