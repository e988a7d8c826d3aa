import { golden } from './golden.ts';

describe('experiment:backends', () => {
  const { log, failed } = golden('backends', 'wasm,cpu');

  it('finds the same answers on both', () => {
    expect(failed).toEqual([]);
  });

  it('marks what tfjs gets wrong on wasm, and nothing else', () => {
    const table = log.slice(log.indexOf('\nwasm\n'), log.indexOf('\ncpu\n')).split('\n');
    const marked = table.filter((line) => line.startsWith('≠'));
    expect(marked.map((row) => row.slice(3).split(/:| at /)[0])).toEqual([
      'NaN',
      'gradient of Σ v²',
      '… of one entry',
      '… by tf.gather',
    ]);
  });
});
