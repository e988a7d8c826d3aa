import { findPeers } from '../../../experiments/bench/findPeers.ts';
import { median } from '../../../experiments/bench/median.ts';
import { Samples } from '../../../experiments/bench/Samples.ts';
import { sortedTopk } from '../../../experiments/bench/sortedTopk.ts';
import { timeRuns } from '../../../experiments/bench/timeRuns.ts';
import { warmUp } from '../../../experiments/bench/warmUp.ts';
import { topkTask } from '../../../experiments/bench/topkTask.ts';
import { UsageError } from '../../../experiments/cli/UsageError.ts';

describe('median', () => {
  it('is the mean of the middle two of an even number of values', () => {
    expect(median([10, 1, 3, -5])).toBe(2);
    expect(median([100, 1, 3])).toBe(3);
  });
});

describe('Samples', () => {
  const task = topkTask(10, 2);

  it('takes the median of all rounds', () => {
    const samples = new Samples('ours');
    samples.add(task, 'ours', [1, 3]);
    expect(samples.median(task, 'ours')).toBe(2);
    samples.add(task, 'ours', [100]);
    expect(samples.median(task, 'ours')).toBe(3);
  });

  it('compares times only within a round', () => {
    const samples = new Samples('ours');
    for (const slowness of [1, 10, 100]) {
      samples.add(task, 'ours', [slowness]);
      samples.add(task, 'theirs', [2 * slowness]);
    }
    expect(samples.ratio(task, 'theirs', 'ours')).toBe(2);
  });

  it('lists the results that differ from the first one', () => {
    const samples = new Samples('ours');
    samples.compare(task, 'a plain sort', [2, NaN]);
    samples.compare(task, 'right', [2, NaN]);
    samples.compare(task, 'wrong', [2, 1]);
    samples.compare(task, 'short', [2]);
    expect(samples.different).toEqual([`${task.id}: wrong`, `${task.id}: short`]);
  });
});

describe('sortedTopk', () => {
  it('returns the largest, or the smallest, of each row, and takes NaN as the largest', () => {
    const ascending = topkTask(5, 2, 'ascending');
    expect(sortedTopk(ascending)).toEqual([4, 3, 4, 3]);
    expect(sortedTopk({ ...ascending, largest: false })).toEqual([0, 1, 0, 1]);
    expect(sortedTopk(topkTask(1000, 1, 'a quarter NaN'))).toEqual([NaN, NaN]);
    expect(sortedTopk({ ...ascending, n: 3, k: 1, rows: 2 })).toEqual([2, 5, 2, 5]);
  });
});

describe('timeRuns', () => {
  it('times at least three runs, and at most maxRuns', () => {
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

describe('warmUp', () => {
  it('runs for the time given, and at least once', () => {
    let runs = 0;
    const run = () => {
      runs++;
    };
    warmUp(run, 0);
    expect(runs).toBe(1);
    const start = performance.now();
    warmUp(run, 0.01);
    expect(performance.now() - start).toBeGreaterThanOrEqual(10);
    expect(runs).toBeGreaterThan(2);
  });
});

describe('findPeers', () => {
  const { PATH } = process.env;
  beforeAll(() => {
    process.env.PATH = ''; // hides python3
  });
  afterAll(() => {
    process.env.PATH = PATH;
  });

  it('says in one line which required peers are missing, and how to install them', () => {
    let error: unknown;
    try {
      findPeers(true);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(
      /^PyTorch does not run: .+; install: pip install torch; .*JAX does not run: .+$/,
    );
  });
});
