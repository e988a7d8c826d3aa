// Does all of a release but `npm publish`: checks the manifest, the changelog and the working tree, runs what CI runs,
// builds dist/, and lists what would be published.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../package.json';
import { releaseProblems } from './releaseProblems.ts';

const ROOT = join(__dirname, '..');
const run = (command: string, ...words: string[]) =>
  execFileSync(command, words, { cwd: ROOT, stdio: 'inherit' });

const problems = releaseProblems({
  ...manifest,
  changelog: readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'),
  readme: readFileSync(join(ROOT, 'README.md'), 'utf8'),
  changes: execFileSync('git', ['status', '--porcelain'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).trimEnd(),
});
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
} else {
  run('npm', 'run', 'verify');
  run('npm', 'run', 'build');
  run('npm', 'pack', './dist', '--dry-run');
  console.log(`Tag v${manifest.version}, and type: npm publish ./dist`);
}
