/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  testEnvironment: require.resolve('./environment.js'),
  // Not the tests that start a process: it cannot see which change of the sources is active.
  testMatch: [
    '<rootDir>/test/mutation/together.js',
    '<rootDir>/test/gradients/registerGradients.test.ts',
    '<rootDir>/test/backends/*.test.ts',
  ],
};
