/**
 * Changes the sources in small ways, one at a time: a change that no test notices (a survivor) is a
 * missing assertion, or changes nothing that can be observed.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
module.exports = {
  mutate: [
    'src/*.ts',
    'src/{gradients,kernels,verify}/**/*.ts',
    '!src/kernels/wasm/{assembly/**,binary.ts}',
    '!src/**/*OnGpu.ts', // these run in Chromium only, which cannot see the change
    '!src/kernels/webgl/*.ts',
  ],
  testRunner: 'jest',
  jest: {
    configFile: 'test/mutation/jest.config.js',
    // Jest does not see which tests need a source: some load it by a computed name.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  thresholds: { high: 95, low: 90, break: 85 },
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false },
  cleanTempDir: 'always',
};
