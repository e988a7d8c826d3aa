/** A value as an error shows it: numbers and text as they are written, of anything else the kind. */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (value === null || value === undefined || ['number', 'boolean'].includes(typeof value)) {
    return String(value);
  }
  return typeof value === 'object' ? className(value) : typeof value;
}

function className(value: { constructor?: { name: string } }): string {
  return value.constructor?.name ?? 'object'; // an object without a prototype has no constructor
}
