/**
 * WHOLE=1, as `npm run verify` sets it, runs long experiments, large inputs and many samples whole, and on every
 * backend.
 */
export const IS_WHOLE = process.env.WHOLE === '1';
