import FractionJs from 'fraction.js';

// Under require, fraction.js declares its class as a value only, not as a type.
export const Fraction = FractionJs;
export type Fraction = InstanceType<typeof FractionJs>;
