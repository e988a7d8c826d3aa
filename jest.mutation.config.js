/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  testEnvironment: require.resolve('./test/mutation/environment.js'),
  // Not the tests that start a process: it cannot see which change of the sources is active.
  testMatch: [
    '<rootDir>/test/mutation/together.js',
    '<rootDir>/test/gradients/register.test.ts',
    '<rootDir>/test/backends/*.test.ts',
  ],
};
