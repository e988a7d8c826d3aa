/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  roots: ['<rootDir>/test/package'],
  testPathIgnorePatterns: [],
  testTimeout: 300_000, // package managers download
};
