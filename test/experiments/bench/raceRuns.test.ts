import * as tf from '@tensorflow/tfjs';
import { raceRuns } from '../../../experiments/bench/raceRuns.ts';

describe('raceRuns', () => {
  it('lets the contenders take turns, a warm-up first, and returns the fastest run of each', () => {
    const turns: string[] = [];
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
    const taking = (name: string, times: number[]) => () => {
      now += times[turns.filter((turn) => turn === name).length];
      turns.push(name);
    };
    const times = raceRuns({ a: taking('a', [1, 1, 7, 5]), b: taking('b', [9, 9, 2, 3]) }, 2);
    expect(turns.join('')).toBe('abababab');
    expect(times).toEqual({ a: 5, b: 2 });
    clock.mockRestore();
  });

  it('disposes what the contenders make and return', () => {
    const before = tf.memory().numTensors;
    raceRuns({ square: () => tf.scalar(2).square() }, 3);
    expect(tf.memory().numTensors).toBe(before);
  });
});
