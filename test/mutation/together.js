// All tests of single functions as one file: Jest loads tfjs for each file, which takes longer than most
// of these tests. Excluded are those that would disturb the others, take long, or start a process, which
// does not see the change of the sources.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

// Some tests register wasm, which would become the default backend, and which cannot start synchronously.
require('@tensorflow/tfjs').backend();

const TESTS = join(__dirname, '..');
const EXCLUDED =
  /^(arrows|backends|browser|docs|experiments|package|gradients.registerGradients|verify.checkGradsOfTopk)\b/;

for (const path of readdirSync(TESTS, { recursive: true })) {
  if (path.endsWith('.test.ts') && !EXCLUDED.test(path)) require(join(TESTS, path));
}
