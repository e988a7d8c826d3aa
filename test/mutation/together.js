/* global describe, beforeAll */
// All tests of single functions as one file: Jest loads tfjs for each file, which takes longer than most
// of these tests. Excluded are those that would disturb the others, take long, or start a process, which
// does not see the change of the sources.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const { env } = require('node:process');

// Some tests register wasm, which would become the default backend, and which cannot start synchronously.
const tf = require('@tensorflow/tfjs');
tf.backend();

const TESTS = join(__dirname, '..');
const EXCLUDED =
  /^(arrows|backends|browser|docs|experiments|package|gradients.registerGradients|verify.checkGradsOfTopk)\b/;

const CHOSEN = new RegExp(env.TESTS ?? '');
const paths = readdirSync(TESTS, { recursive: true }).filter(
  (path) => path.endsWith('.test.ts') && !EXCLUDED.test(path) && CHOSEN.test(path),
);
// These let the memory of wasm grow, the second to its limit, and it never shrinks.
const GROWING = ['kernels/updateData.test.ts', 'kernels/topk/topkOnWasm.test.ts'];
const rank = (path) => (GROWING.includes(path) ? GROWING.indexOf(path) : GROWING.length);
for (const path of paths.sort((a, b) => rank(a) - rank(b))) {
  describe(path, () => {
    beforeAll(() => tf.setBackend('cpu')); // which each finds when it runs alone
    require(join(TESTS, path));
  });
}
