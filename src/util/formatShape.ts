/** "[2,3]", as tfjs's own errors show a shape. */
export function formatShape(shape: number[]): string {
  return `[${String(shape)}]`;
}
