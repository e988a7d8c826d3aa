/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testPathIgnorePatterns: ['/test/browser/', '/test/package/'], // npm run test:browser, test:package
  setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' } } }] },
  maxWorkers: '100%', // by default one core stays idle, which of two is half
  testTimeout: 30_000, // all cores are busy, so the default of 5 s says little
  // Jest's sandbox looks up each global through a Proxy; loops over tensors take twice as long.
  sandboxInjectedGlobals: [
    ...['Array', 'Error', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Set', 'Symbol', 'WeakMap'],
    ...['Float32Array', 'Float64Array', 'Int32Array', 'Uint8Array'],
    ...['Infinity', 'isFinite', 'isNaN'],
  ],
};
