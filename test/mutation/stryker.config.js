const { env } = require('node:process');

/**
 * Changes the sources in small ways, one at a time. A change that no test notices (a survivor) shows a
 * missing assertion, or has no observable effect. All of them take a day: `SHARE=0.05 npm run mutation` tries
 * a twentieth, drawn at random, and reports the others as errors. With the tests beside the sources alone it is fifty
 * times as fast, and the score a lower bound:
 *
 *   TESTS='^verify/differences' npm run mutation -- --mutate 'src/verify/differences/*.ts'
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
module.exports = {
  mutate: [
    'src/*.ts',
    'src/{args,gradients,kernels,util,verify}/**/*.ts',
    '!src/kernels/wasm/{assembly/**,binaries.ts}',
    '!src/kernels/**/{*OnGpu,onGpu}.ts', // these run in Chromium only, which cannot see the change
    '!src/kernels/{webgl/*,topk/topkOnWebgl}.ts',
  ],
  plugins: ['@stryker-mutator/jest-runner', require.resolve('./sample.js')],
  checkers: env.SHARE ? ['sample'] : [],
  testRunner: 'jest',
  jest: {
    configFile: 'test/mutation/jest.config.js',
    // Jest cannot tell which tests need a source: together.js loads them by computed names.
    enableFindRelatedTests: false,
  },
  disableTypeChecks: false, // the tests only transpile; and one compares a source with what is generated
  coverageAnalysis: 'perTest',
  concurrency: 2,
  dryRunTimeoutMinutes: 20, // on a busy machine
  thresholds: { high: 95, low: 90, break: 85 },
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false },
  cleanTempDir: 'always',
};
