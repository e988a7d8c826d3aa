import { formatValue } from '../util/formatValue.ts';

/** Throws unless options is an object without other names than these; names the function `fn`. */
export function checkOptionNames(options: unknown, names: string[], fn: string): void {
  if (typeof options !== 'object' || options === null) {
    throw new Error(`${fn}: options must be an object, got ${formatValue(options)}`);
  }
  const other = Object.keys(options).find((name) => !names.includes(name));
  if (other !== undefined) {
    const rule = `have no names but ${names.join(', ')}`;
    throw new Error(`${fn}: options must ${rule}, got ${formatValue(other)}`);
  }
}
