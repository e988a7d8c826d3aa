import { cpus, totalmem } from 'node:os';
import { version_core } from '@tensorflow/tfjs';
import { startedBackends } from '../cli/useBackend.ts';

/** One line on the hardware and software that the figures were measured on. */
export function machine(): string {
  const memory = `${String(Math.round(totalmem() / 2 ** 30))} GB`;
  const cores = `${String(cpus().length)} × ${cpus()[0].model.trim()}`;
  const software = `Node ${process.versions.node}, tfjs ${version_core} on ${startedBackends.join(', ')}`;
  return `${cores}, ${memory}, ${software}`;
}
