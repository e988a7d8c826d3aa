import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { UsageError } from '../cli/UsageError.ts';
import type { PeerReport, Task } from './inputs.ts';

const PEERS = join(__dirname, './peers');
const tsNode = require.resolve('ts-node/dist/bin.js');

/** The other frameworks, each a process of its own: its command, and how to get it. */
interface Peer {
  command: string[];
  needs: string;
  env?: NodeJS.ProcessEnv;
  /** what it is for: memory matters only to a dense gradient */
  works?: Task['work'];
}

const COMMANDS: Record<string, Peer> = {
  PyTorch: { command: ['python3', join(PEERS, 'pytorch.py')], needs: 'pip install torch' },
  // glibc gives large blocks back to the system, which fills them with zeros at the next use.
  'PyTorch, keeping memory': {
    command: ['python3', join(PEERS, 'pytorch.py')],
    needs: 'pip install torch',
    works: 'gradient',
    env: { MALLOC_MMAP_THRESHOLD_: '4294967296', MALLOC_TRIM_THRESHOLD_: '8589934592' },
  },
  JAX: { command: ['python3', join(PEERS, 'jax_peer.py')], needs: 'pip install jax' },
  'jax-js': {
    command: [process.execPath, tsNode, join(PEERS, 'jaxjs.ts')],
    needs: 'npm install',
  },
};

function ask(name: string, tasks: Task[], seconds: number): PeerReport | string {
  const [file, ...words] = COMMANDS[name].command;
  const { stdout, stderr, status, error } = spawnSync(file, words, {
    input: JSON.stringify({ tasks, seconds }),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...COMMANDS[name].env },
  });
  if (status === 0) return JSON.parse(stdout) as PeerReport;
  const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
  return `${name} is not there (${reason}); get it with: ${COMMANDS[name].needs}`;
}

/**
 * The peers that answer, and of the others why not.
 *
 * @throws UsageError if one is needed that does not.
 */
export function findPeers(areNeeded: boolean): {
  found: { name: string; version: string }[];
  missing: string[];
} {
  const answers = Object.keys(COMMANDS).map((name) => ({ name, report: ask(name, [], 0) }));
  const missing = answers
    .map(({ report }) => report)
    .filter((report) => typeof report === 'string');
  if (areNeeded && missing.length > 0) throw new UsageError(missing.join('; '));
  const found = answers.flatMap(({ name, report }) =>
    typeof report === 'string' ? [] : [{ name, version: report.version }],
  );
  return { found, missing };
}

/** What a peer finds, and how long it takes, for each task that it can do. @throws if it fails. */
export function askPeer(name: string, tasks: Task[], seconds: number) {
  // JSON has no NaN.
  const possible = tasks
    .filter(({ order }) => order !== 'a quarter NaN')
    .filter(({ work }) => work === (COMMANDS[name].works ?? work));
  const report = ask(name, possible, seconds);
  if (typeof report === 'string') throw new Error(report);
  return possible.flatMap((task) =>
    Object.entries(report.results[task.id] ?? {}).map(
      ([how, result]) => [task, `${name}${how}`, result] as const,
    ),
  );
}
