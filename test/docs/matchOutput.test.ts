import { matchError, matchOutput } from './matchOutput.ts';

describe('matchOutput', () => {
  it.each([
    ['[ 6, 0, 4 ]', '[6, 0, 4]'],
    ['{ values: [ 3, 2 ] }', '{ values: [3, 2] }'],
    ['[ 0.30973, 0.90012 ]', '[0.3097, 0.9001]'],
    ['0.10000000149011612', '0.1'],
    ['[ 0, 1 ]', '[0, 1], with the gradient of softTopk'],
    ['[ 0, 1 ]', '[0, 1] (by index)'],
    ['3', '3: the threshold'],
    ['-Infinity', '-Infinity'],
  ])('finds %s in "%s"', (output, comment) => {
    expect(matchOutput(output, comment)).toBe(true);
  });

  it.each([
    ['[ 6, 0, 4 ]', '[6, 0, 5]'],
    ['[ 6, 0, 4 ]', '[6, 0]'],
    ['[ 6, 0 ]', '[6, 0, 4]'],
    ['6', '6, 0, 4'],
    ['[ 0.30973 ]', '[0.3098]'],
    ['0.52', '0.5'],
    ['6.0001', '6'],
    ['Infinity', '-Infinity'],
    ['NaN', 'null'],
    ['true', 'false'],
    ['', '1'],
  ])('does not find %s in "%s"', (output, comment) => {
    expect(matchOutput(output, comment)).toBe(false);
  });
});

describe('matchError', () => {
  const message = 'topk: k must be an integer in [0, 3], got 5';

  it('takes the whole message, or its beginning followed by …', () => {
    expect(matchError(message, message)).toBe(true);
    expect(matchError(message, 'topk: k must be an integer…')).toBe(true);
  });

  it('takes neither another message nor a part of it', () => {
    expect(matchError(message, 'topk: k must be an integer in [0, 3], got 6')).toBe(false);
    expect(matchError(message, 'topk: k must be an integer')).toBe(false);
    expect(matchError(message, 'topkLinear: k must…')).toBe(false);
  });

  it('rounds the numbers as the comment does, over several lines', () => {
    expect(matchError('a:\n  analytic   5.436563', 'a:\nanalytic 5.43656')).toBe(true);
    expect(matchError('a:\n  analytic   5.436563', 'a:\nanalytic 5.43657…')).toBe(false);
  });
});
