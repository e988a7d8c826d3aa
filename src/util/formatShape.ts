/** "[2,3]", as tfjs's own errors show a shape; null is a size that is not known. */
export function formatShape(shape: (number | null)[]): string {
  return `[${shape.map(String).join()}]`;
}
