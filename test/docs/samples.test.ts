import * as library from '../../src/index.ts';
import * as layers from '../../src/layers/index.ts';
import { compileSamples } from './compileSamples.ts';
import { examplesOf } from './examplesOf.ts';
import { PAGES } from './pages.ts';
import { programOfPage } from './programOfPage.ts';
import { runSample } from './runSample.ts';

const prelude =
  "import * as tf from '@tensorflow/tfjs'; " +
  `import { ${Object.keys(library).join(', ')} } from 'tfjs-topk-grad'; ` +
  `import { ${Object.keys(layers).join(', ')} } from 'tfjs-topk-grad/layers'; `;
const pages = PAGES.map(programOfPage);
const examplesIn = (file: string, names: string[]) =>
  names.map((name) => [name, examplesOf(name, file, prelude)] as const);
const examples = [
  ...examplesIn('src/index.ts', Object.keys(library)),
  ...examplesIn('src/layers/index.ts', Object.keys(layers)),
];

// What a sample prints without a comment is not compared, and is not to be seen.
beforeAll(() => jest.spyOn(console, 'log').mockReturnValue());

it('every ts block and every @example compiles, and one that is wrong does not', () => {
  const wrong = { file: 'wrong.md', source: `${prelude}\ntopk([3, 1, 2], 'two');` };
  const errors = compileSamples([...pages, ...examples.flatMap(([, samples]) => samples), wrong]);
  expect(errors.flat()).toEqual([expect.stringMatching(/^wrong.md:2: .*'string'/)]);
});

describe('the ts blocks', () => {
  it.each(pages)('of $file compute what their comments show', async (page) => {
    expect((await runSample(page)).mismatches).toEqual([]);
  });
});

describe('the docstring', () => {
  it.each(examples)(
    'of %s has an @example that computes what its comments show',
    async (_, samples) => {
      expect(samples.length).toBeGreaterThan(0);
      for (const sample of samples) {
        const { outputs, mismatches } = await runSample(sample);
        expect(mismatches).toEqual([]);
        expect(outputs).toBeGreaterThan(0);
      }
    },
  );
});
