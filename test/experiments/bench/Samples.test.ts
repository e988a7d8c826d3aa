import { Samples } from '../../../experiments/bench/Samples.ts';
import { sortedTopk } from '../../../experiments/bench/sortedTopk.ts';
import { topkTask } from '../../../experiments/bench/speedTasks.ts';
import { timeRuns } from '../../../experiments/bench/timeRuns.ts';

describe('Samples', () => {
  const task = topkTask(10, 2);

  it('takes the mean of the two in the middle for the median of an even number', () => {
    const samples = new Samples('ours');
    samples.add(task, 'ours', [1, 3]);
    expect(samples.median(task, 'ours')).toBe(2);
    samples.add(task, 'ours', [100]);
    expect(samples.median(task, 'ours')).toBe(3);
  });

  it('compares each round with itself', () => {
    const samples = new Samples('ours');
    for (const mood of [1, 10, 100]) {
      samples.add(task, 'ours', [mood]);
      samples.add(task, 'theirs', [2 * mood]);
    }
    expect(samples.ratio(task, 'theirs', 'ours')).toBe(2);
  });

  it('finds what differs from the first that is compared', () => {
    const samples = new Samples('ours');
    samples.compare(task, 'a plain sort', [2, NaN]);
    samples.compare(task, 'right', [2, NaN]);
    samples.compare(task, 'wrong', [2, 1]);
    samples.compare(task, 'short', [2]);
    expect(samples.different).toEqual([`${task.id}: wrong`, `${task.id}: short`]);
  });
});

describe('sortedTopk', () => {
  it('is the greatest, or the smallest, of each row, NaN the greatest', () => {
    const rising = topkTask(5, 2, 'ascending');
    expect(sortedTopk(rising)).toEqual([4, 3, 4, 3]);
    expect(sortedTopk({ ...rising, largest: false })).toEqual([0, 1, 0, 1]);
    expect(sortedTopk(topkTask(1000, 1, 'a quarter NaN'))).toEqual([NaN, NaN]);
    expect(sortedTopk({ ...rising, n: 3, k: 1, rows: 2 })).toEqual([2, 5, 2, 5]);
  });
});

describe('timesOf', () => {
  it('times three runs at least, and no more than it may', () => {
    let runs = 0;
    const run = () => {
      runs++;
    };
    expect(timeRuns(run, 0.001)).toHaveLength(10);
    expect(timeRuns(run, 0.001, 40)).toHaveLength(40);
    expect(timeRuns(run, 0)).toHaveLength(3);
    expect(runs).toBeGreaterThan(53);
  });
});
