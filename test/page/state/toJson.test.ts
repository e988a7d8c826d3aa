import * as tf from '@tensorflow/tfjs';
import { numbersOf } from '../../../page/state/Problem.ts';
import { PRESETS } from '../../../page/state/presets.ts';
import { toJson } from '../../../page/state/toJson.ts';
import { toProgram } from '../../../page/state/toProgram.ts';
import { compileSamples } from '../../docs/compileSamples.ts';
import { runSample } from '../../docs/runSample.ts';

describe('toJson(problem)', () => {
  it.each(PRESETS)('is JSON with the numbers of “$sentence”', ({ problem }) => {
    expect(JSON.parse(toJson(problem))).toEqual(numbersOf(problem));
  });
});

describe('toProgram(problem)', () => {
  it('is a program that compiles under strict, runs, and prints loss and gradient', async () => {
    const source = toProgram(PRESETS[2].problem);
    const sample = { file: 'copied', source };
    expect(compileSamples([sample])).toEqual([[]]);
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    await tf.setBackend('cpu');
    await runSample(sample);
    const printed = log.mock.calls.map((words) => words.join(' '));
    log.mockRestore();
    expect(printed[0]).toBe('loss 10');
    expect(printed.filter((text) => text.includes('[6, 6]'))).toHaveLength(2);
  });
});
