import { squareRootBelow } from './squareRootBelow.ts';
import type { Certificate } from './types.ts';

/** 'infinite', '0.25', or '0.166665, rounded down': never more than the radius is. */
export function describeRadius({
  radius,
  radiusSquared,
}: Pick<Certificate, 'radius' | 'radiusSquared'>): string {
  if (radius === null || radiusSquared === null) return 'infinite';
  const isExact = squareRootBelow(radiusSquared, 5).pow(2).equals(radiusSquared);
  return isExact ? radius : `${radius}, rounded down`;
}
