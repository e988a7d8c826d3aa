import { topkOnWebgpu } from '../../../src/kernels/topk/topkOnWebgpu.ts';

interface Dispatch {
  name: string;
  uniforms: Record<string, number>;
  words: number;
}

/** The programs that topk enqueues for rows of length n, by a backend that only records them. */
function record(n: number, k: number, rows = 1) {
  const dispatches: Dispatch[] = [];
  const live = new Set<object>();
  const backend = {
    shouldExecuteOnCPU: () => false,
    runWebGPUProgram: (
      program: {
        shaderKey: string;
        uniforms: string;
        outputShape: number[];
        workgroupSize: number[];
      },
      inputs: { shape: number[] }[],
      dtype: string,
      uniforms: { data: number[] }[],
    ) => {
      const names = program.uniforms.split(',').map((part) => part.split(':')[0].trim());
      dispatches.push({
        name: program.shaderKey,
        uniforms: Object.fromEntries(uniforms.map(({ data }, i) => [names[i], data[0]])),
        words: inputs.length,
      });
      expect(program.workgroupSize[0]).toBeLessThanOrEqual(128);
      const dataId = {};
      live.add(dataId);
      return { dataId, shape: program.outputShape, dtype };
    },
    disposeData: (dataId: object) => live.delete(dataId),
  };
  const x = { dataId: {}, shape: [rows, n], dtype: 'float32' as const };
  const call = { inputs: { x }, attrs: { k, sorted: true }, backend: backend as never };
  const [values, indices] = topkOnWebgpu(call);
  expect([values.shape, indices.shape]).toEqual([
    [rows, k],
    [rows, k],
  ]);
  expect([...live]).toEqual([indices.dataId, values.dataId]);
  return dispatches;
}

/**
 * How many numbers the selections read of each row, at most: runs and a single tile once, more tiles for each of 3
 * digits and at last.
 */
function numbersRead(dispatches: Dispatch[]): number {
  const selections = dispatches.filter(({ name }) => name.includes('select'));
  return selections.reduce(
    (sum, { uniforms, words }) => sum + uniforms.m * words * (uniforms.tiles > 1 ? 4 : 1),
    0,
  );
}

describe('topk on webgpu', () => {
  const lengths = [10, 256, 257, 1000, 4097, 50_257, 1e6, 1e7, 2 ** 25];

  it.each([1, 4, 5, 8, 32, 256, 1024, 4096])(
    'takes at most 12 dispatches, whatever the length of the rows, for k = %d',
    (k) => {
      for (const n of lengths) {
        if (k <= n) expect(record(n, k).length).toBeLessThanOrEqual(12);
      }
    },
  );

  it('takes few dispatches for what is common', () => {
    expect(record(3, 1, 65_537)).toHaveLength(2);
    expect(record(1e6, 1)).toHaveLength(5);
    expect(record(100, 8)).toHaveLength(2);
    expect(record(512, 8, 1024)).toHaveLength(3);
    expect(record(1e6, 32)).toHaveLength(4);
  });

  it('reads a row little more than once for k up to 256, and at most five times for larger k ≪ n', () => {
    for (const n of [1e6, 1e7, 2 ** 25]) {
      for (const k of [1, 8, 32]) expect(numbersRead(record(n, k))).toBeLessThan(1.02 * n);
      expect(numbersRead(record(n, 4))).toBeLessThan(1.08 * n);
      expect(numbersRead(record(n, 256))).toBeLessThan(1.14 * n);
      for (const k of [257, 1024, 4096]) expect(numbersRead(record(n, k))).toBeLessThan(5 * n);
    }
  });

  it('frees what it needs in between, also where all of a long row is sorted', () => {
    for (const k of [1, 5000, 99_999, 100_000]) record(100_000, k);
  });
});
