import { options } from '../../../experiments/cli/options.ts';
import { UsageError } from '../../../experiments/cli/UsageError.ts';

describe('options', () => {
  it('returns the experiment and its options', () => {
    expect(options(['seed', '--k=3', '--backend', 'cpu'])).toEqual({
      experiment: 'seed',
      k: '3',
      backend: 'cpu',
    });
  });

  it.each([
    [['--inptu', 'q.json'], "Unknown option '--inptu'"],
    [['jacobian', '--k', '3'], '--k is an option of npm start, not of jacobian'],
    [['gpu', '--peers'], '--peers is an option of speed, not of gpu'],
    [
      ['--quick'],
      '--quick is an option of checker, gpu, models, operators, soft, sparse-autoencoder, speed, not of seed',
    ],
    [['seed', 'q.json'], "unexpected argument 'q.json'; see --help"],
    [['--k', '-1'], "Option '--k' argument is ambiguous."],
    [['--input', ''], '--input must be a file, got an empty string'],
    [['--w', ''], '--w must be a file, got an empty string'],
    [['--save', ''], '--save must be a folder, got an empty string'],
    [['--input'], "Option '--input <value>' argument missing"],
  ])('rejects %j in one line', (words, message) => {
    expect(() => options(words)).toThrow(UsageError);
    expect(() => options(words)).toThrow(message);
    expect(() => options(words)).not.toThrow('\n');
  });
});
