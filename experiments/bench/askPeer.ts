import { peers, runPeer } from './runPeer.ts';
import type { Task } from './Task.ts';

/** Runs a peer on the tasks that it supports: results and times by method. @throws if it fails. */
export function askPeer(name: string, tasks: Task[], seconds: number) {
  const supported = tasks
    .filter(({ order }) => order !== 'a quarter NaN') // JSON has no NaN
    .filter(({ work }) => work === (peers[name].work ?? work));
  const report = runPeer(name, supported, seconds);
  if (typeof report === 'string') throw new Error(report);
  return supported.flatMap((task) =>
    Object.entries(report.results[task.id] ?? {}).map(
      ([method, result]) => [task, `${name}${method}`, result] as const,
    ),
  );
}
