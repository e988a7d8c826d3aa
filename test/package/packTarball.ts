import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Builds the package, packs it into the folder as `npm publish` would, and returns the tarball's path. */
export function packTarball(folder: string): string {
  const options = { cwd: ROOT, stdio: 'pipe' } as const;
  execFileSync('npm', ['run', 'build'], options);
  execFileSync('npm', ['pack', './dist', '--pack-destination', folder], options);
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  return join(folder, tarball);
}
