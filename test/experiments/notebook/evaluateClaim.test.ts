import { evaluateClaim, type Condition } from '../../../experiments/notebook/evaluateClaim.ts';

describe('evaluateClaim', () => {
  it.each<[Condition, string]>([
    [{ found: 4, unit: 'ULP', atMost: 4 }, '✓ S (4 ULP; at most 4 allowed)'],
    [{ found: 5, unit: 'ULP', atMost: 4 }, '✗ S (5 ULP; at most 4 allowed)'],
    [{ found: 0.123456, atLeast: 0.1 }, '✓ S (0.1235; at least 0.1 required)'],
    [{ found: 0.05, atLeast: 0.1 }, '✗ S (0.05; at least 0.1 required)'],
    [{ found: 8388608, atMost: 4 }, '✗ S (8388608; at most 4 allowed)'],
    [{ found: 0.0000512345, atMost: 0.001 }, '✓ S (5.123e-5; at most 0.001 allowed)'],
    [{ found: [2, 0], equals: [2, 0] }, '✓ S'],
    [{ found: [2, 1], equals: [2, 0] }, '✗ S (found [ 2, 1 ], expected [ 2, 0 ])'],
    [{ found: 35, unit: 'entries', equals: 36 }, '✗ S (found 35 entries, expected 36)'],
    [{ found: -0, equals: 0 }, '✗ S (found -0, expected 0)'],
    [{ found: '0.50', equals: '0.50' }, '✓ S'],
    [{ found: '', equals: '' }, '✓ S'],
    [{ found: '', equals: '0.50' }, "✗ S (found '', expected 0.50)"],
    [{ found: false, equals: true }, '✗ S (found false, expected true)'],
  ])('evaluates %j', (condition, text) => {
    expect(evaluateClaim('S', condition)).toEqual({ holds: text.startsWith('✓'), text });
  });

  it('finds that NaN meets no bound', () => {
    expect(evaluateClaim('S', { found: NaN, atMost: Infinity }).holds).toBe(false);
    expect(evaluateClaim('S', { found: NaN, atLeast: -Infinity }).holds).toBe(false);
  });
});
