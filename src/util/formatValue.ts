/** A value as an error shows it: numbers and text as they are written, of all else its kind. */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (value === null || value === undefined || ['number', 'boolean'].includes(typeof value)) {
    return String(value);
  }
  return typeof value === 'object' ? nameOf(value) : typeof value;
}

/** That of its class; an object may have none. */
function nameOf({ constructor: made }: { constructor?: { name: string } }): string {
  return made?.name ?? 'object';
}
