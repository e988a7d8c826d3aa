const config = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...config,
  // A child process cannot see which change of the sources is active: npm run mutation.
  testPathIgnorePatterns: [
    ...config.testPathIgnorePatterns,
    '/test/experiments/',
    '/test/notebook/',
    '/test/package.test.ts',
  ],
};
