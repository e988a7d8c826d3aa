/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testPathIgnorePatterns: ['/test/browser/'], // npm run test:browser
  setupFiles: ['<rootDir>/test/setup.ts'],
  transform: { '\\.ts$': 'ts-jest' },
};
