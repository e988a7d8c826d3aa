import { saveFiles } from './saveFiles.ts';

/** Writes one file completely or not at all, and creates its folder. @throws SaveError. */
export function saveFile(path: string, text: string): void {
  saveFiles({ [path]: text });
}
