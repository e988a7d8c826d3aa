import { START, type PageState } from './PageState.ts';

/** The state as the fragment of an address: '#W=1,2;3,4&x=1,1&k=1', and what differs from the start. */
export function toHash(state: PageState): string {
  const { W, x, k } = state.problem;
  const parts = {
    W: W.map((row) => row.join(',')).join(';'),
    x: x.join(','),
    k: String(k),
    h: String(state.stepExponent),
    along: state.direction,
    seed: String(state.seed),
    soft: String(state.temperatureExponent),
    batch: batchText(state),
  };
  const usual: Partial<typeof parts> = {
    h: String(START.stepExponent),
    along: START.direction,
    seed: String(START.seed),
    soft: String(START.temperatureExponent),
    batch: batchText(START),
  };
  const named = Object.entries(parts).filter(
    ([name, text]) => text !== usual[name as keyof typeof parts],
  );
  return `#${named.map(([name, text]) => `${name}=${text}`).join('&')}`;
}

const batchText = ({ batch: { weights, examples } }: PageState) =>
  `${weights.join(',')};${examples.join(',')}`;
