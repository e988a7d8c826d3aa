import { UsageError } from '../cli/UsageError.ts';
import { peers, runPeer } from './runPeer.ts';

/**
 * Finds the peers that run on this machine, and for the others the reason why not.
 *
 * @throws UsageError if all are required and one is missing.
 */
export function findPeers(areRequired: boolean): {
  found: { name: string; version: string }[];
  missing: string[];
} {
  const names = Object.keys(peers);
  const frameworks = [...new Set(names.map(frameworkOf))];
  const reports = Object.fromEntries(frameworks.map((name) => [name, runPeer(name, [], 0)]));
  const missing = Object.values(reports).filter((report) => typeof report === 'string');
  if (areRequired && missing.length > 0) throw new UsageError(missing.join('; '));
  const found = names.flatMap((name) => {
    const report = reports[frameworkOf(name)];
    return typeof report === 'string' ? [] : [{ name, version: report.version }];
  });
  return { found, missing };
}

/** "PyTorch, keeping memory" is PyTorch with other settings. */
function frameworkOf(name: string): string {
  return name.split(',')[0];
}
