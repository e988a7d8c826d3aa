const { createHash } = require('node:crypto');
const { env } = require('node:process');

const SHARE = Number(env.SHARE ?? 1);

/** Passes a random share of the changes, the same in every run; Stryker leaves the others out of its score. */
class Sample {
  async init() {}

  async check(mutants) {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, resultOf(mutant)]));
  }
}

function resultOf({ fileName, location, replacement }) {
  const path = fileName.slice(fileName.lastIndexOf('/src/'));
  const hash = createHash('sha256').update(JSON.stringify([path, location, replacement]));
  const isDrawn = hash.digest().readUInt32BE() < SHARE * 2 ** 32;
  return isDrawn ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' };
}

const strykerPlugins = [{ kind: 'Checker', name: 'sample', injectableClass: Sample }];
module.exports = { strykerPlugins };
