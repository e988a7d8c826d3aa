import { assertArg } from '../../args/check.ts';

export function checkTolerance(tolerance: number): void {
  const holds = Number.isFinite(tolerance) && tolerance >= 0;
  assertArg(holds, 'tolerance', 'be a number >= 0', { value: tolerance });
}
