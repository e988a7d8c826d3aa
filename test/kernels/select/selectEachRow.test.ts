import * as tf from '@tensorflow/tfjs';
import { median } from '../../../experiments/bench/median.ts';
import { selectEachRow } from '../../../src/kernels/select/selectEachRow.ts';

describe('selectEachRow', () => {
  it.each([
    [1, 100_000, 32],
    [1000, 10, 3],
    [1, 10_000, 10_000],
  ])(
    'takes no longer than stock tfjs on cpu for [%d, %d], k = %d, so that nothing is lost without WebAssembly',
    (rows, n, k) => {
      const x = tf.randomNormal([rows, n], 0, 1, 'float32', 1);
      const data = x.dataSync<'float32'>();
      const ways = [
        () => selectEachRow(data, n, { k, sorted: true }),
        () => {
          tf.dispose(tf.topk(x, k));
        },
      ];
      const times = ways.map((): number[] => []);
      for (let round = 0; round < 12; round++) {
        for (const [i, run] of ways.entries()) {
          const start = performance.now();
          run();
          if (round >= 3) times[i].push(performance.now() - start);
        }
      }
      const [ours, stock] = times.map(median);
      expect(ours / stock).toBeLessThan(1);
    },
  );
});
