import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../experiments');
const experiments = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, source: readFileSync(join(FOLDER, file), 'utf8') }))
  .filter(({ source }) => source.startsWith('// %% [markdown]'));

describe('the experiments', () => {
  it('are all here', () => {
    expect(experiments.length).toBeGreaterThanOrEqual(14);
  });

  it.each(experiments)('begin with an answer, in bold: $file', ({ source }) => {
    expect(source).toMatch(/^.*\n\/\/ # .+\n\/\/\n\/\/ \*\*[A-Z]/);
  });
});
