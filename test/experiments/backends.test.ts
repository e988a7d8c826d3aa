import { run } from '../run.ts';
import { golden } from './golden.ts';

describe('experiment:backends', () => {
  golden('backends', 'wasm,cpu');

  it('marks what tfjs gets wrong, and nothing else', () => {
    const { stdout } = run('experiments/run.ts', 'backends', '--backend', 'wasm');
    const rows = stdout.split('\n').filter((line) => line.startsWith('≠'));
    expect(rows.map((row) => row.slice(3).split(/:| at /)[0])).toEqual([
      'NaN',
      'gradient of Σ v²',
      '… of one entry',
      '… by tf.gather',
    ]);
  });
});
