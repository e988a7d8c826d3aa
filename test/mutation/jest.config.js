const { env } = require('node:process');

const ALONE = [
  '<rootDir>/test/gradients/registerGradients.test.ts',
  '<rootDir>/test/backends/*.test.ts',
];

/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  testEnvironment: require.resolve('./environment.js'),
  // Without the tests that start a process, which does not see the active change of the sources.
  testMatch: ['<rootDir>/test/mutation/together.js', ...(env.TESTS === undefined ? ALONE : [])],
};
