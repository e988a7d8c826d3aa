import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { PeerReport } from './PeerReport.ts';
import type { Task } from './Task.ts';

const PEERS = join(__dirname, 'peers');

interface Peer {
  command: string[];
  install: string;
  env?: NodeJS.ProcessEnv;
  /** The only kind of task that it runs, if not all. */
  work?: Task['work'];
}

/** The other frameworks. Each runs in a process of its own. */
export const peers: Record<string, Peer> = {
  PyTorch: { command: ['python3', join(PEERS, 'pytorch.py')], install: 'pip install torch' },
  // By default glibc returns large blocks to the system, which zeroes them at the next use.
  'PyTorch, keeping memory': {
    command: ['python3', join(PEERS, 'pytorch.py')],
    install: 'pip install torch',
    work: 'gradient',
    env: { MALLOC_MMAP_THRESHOLD_: '4294967296', MALLOC_TRIM_THRESHOLD_: '8589934592' },
  },
  JAX: { command: ['python3', join(PEERS, 'jax_peer.py')], install: 'pip install jax' },
  'jax-js': {
    command: [process.execPath, require.resolve('ts-node/dist/bin.js'), join(PEERS, 'jaxjs.ts')],
    install: 'npm install',
  },
};

/** Runs a peer on the tasks. Returns its report, or in one line why it does not run. */
export function runPeer(name: string, tasks: Task[], seconds: number): PeerReport | string {
  const { command, install, env } = peers[name];
  const [file, ...args] = command;
  const { stdout, stderr, status, error } = spawnSync(file, args, {
    input: JSON.stringify({ tasks, seconds }),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env },
  });
  if (status === 0) return JSON.parse(stdout) as PeerReport;
  const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
  return `${name} does not run: ${reason}; install: ${install}`;
}
