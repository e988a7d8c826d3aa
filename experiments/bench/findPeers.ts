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
  const reports = Object.keys(peers).map((name) => ({ name, report: runPeer(name, [], 0) }));
  const missing = reports
    .map(({ report }) => report)
    .filter((report) => typeof report === 'string');
  if (areRequired && missing.length > 0) throw new UsageError(missing.join('; '));
  const found = reports.flatMap(({ name, report }) =>
    typeof report === 'string' ? [] : [{ name, version: report.version }],
  );
  return { found, missing };
}
