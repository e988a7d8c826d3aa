import { basename, dirname } from 'node:path';
import { saveFiles } from './saveFiles.ts';

/** Saves one file as saveFiles does, as a run of its own. @throws SaveError. */
export function saveFile(path: string, text: string): void {
  saveFiles(dirname(path), basename(path), { [basename(path)]: text });
}
