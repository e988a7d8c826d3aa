import { decimal } from '../../experiments/exact/decimal.ts';

/**
 * A typed number as JSON writes it: ' +.50' is '0.50', '5.' is '5', '1E+05' is '1e5', and '−2', as the page writes it,
 * '-2'.
 *
 * @throws RangeError if the text is not a decimal number, or float32 cannot hold it.
 */
export function readEntry(typed: string): string {
  const text = typed.replaceAll('−', '-');
  if (text.trim() === '') throw new RangeError('must be a decimal number, but is empty');
  decimal.read(text);
  if (!Number.isFinite(Math.fround(Number(text)))) {
    throw new RangeError(`must be within ±3.4e38 to fit into float32, got ${text.trim()}`);
  }
  const [, sign = '', whole = '', fraction = '', power = ''] = PARTS.exec(text.trim()) ?? [];
  const exponent = Number(power || '0');
  return [
    sign === '-' ? '-' : '',
    whole.replace(/^0+(?=\d)/, '') || '0',
    fraction && `.${fraction}`,
    exponent === 0 ? '' : `e${String(exponent)}`,
  ].join('');
}

const PARTS = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;
