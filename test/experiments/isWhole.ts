/** Whether long experiments are run whole, and on every backend: WHOLE=1, as `npm run verify` sets. */
export const IS_WHOLE = process.env.WHOLE === '1';
