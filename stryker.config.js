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
    '!src/kernels/{assembly/**,wasmBinary.ts}',
    '!src/**/*On{Gpu,Webgl}.ts', // they run in Chromium only, which cannot see the change
  ],
  testRunner: 'jest',
  jest: {
    configFile: 'jest.mutation.config.js',
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
