/* global describe, beforeAll */
// All tests of single functions as one file: Jest loads tfjs for each file, which takes longer than most
// of these tests. Excluded are those that would disturb the others, take long, or start a process, which
// does not see the change of the sources.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

// Some tests register wasm, which would become the default backend, and which cannot start synchronously.
const tf = require('@tensorflow/tfjs');
tf.backend();

const TESTS = join(__dirname, '..');
const EXCLUDED =
  /^(arrows|backends|browser|docs|experiments|package|gradients.registerGradients|verify.checkGradsOfTopk)\b/;

const paths = readdirSync(TESTS, { recursive: true }).filter(
  (path) => path.endsWith('.test.ts') && !EXCLUDED.test(path),
);
// The first lets the memory of wasm grow, which the others leave large.
paths.sort((a, b) => b.includes('topkOnWasm') - a.includes('topkOnWasm'));
for (const path of paths) {
  describe(path, () => {
    beforeAll(() => tf.setBackend('cpu')); // which each finds when it runs alone
    require(join(TESTS, path));
  });
}
