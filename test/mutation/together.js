// The tests of one function each, as one file: Jest loads tfjs anew for each file, which takes longer
// than these tests. Those that would disturb them, take long, or
// cannot see the change, stay apart.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

// Some tests register wasm, which would be the default and cannot be started at once.
require('@tensorflow/tfjs').backend();

const TESTS = join(__dirname, '..');
const APART =
  /^(backends|browser|experiments|package|docs|gradients.registerGradients|verify.checkGradsOfTopk)\b/;

for (const path of readdirSync(TESTS, { recursive: true })) {
  if (path.endsWith('.test.ts') && !APART.test(path)) require(join(TESTS, path));
}
