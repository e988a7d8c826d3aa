import { effect } from '@preact/signals';
import { fromHash } from '../state/fromHash.ts';
import type { PageState } from '../state/PageState.ts';
import { toHash } from '../state/toHash.ts';
import { notice, readState, writeState } from './state.ts';

/** Milliseconds after a change until the address follows: browsers limit how often it may change. */
const DELAY = 200;

/** Reads the state from the address of the page, now and when it changes, and keeps the address up to date. */
export function syncAddress(): void {
  read();
  addEventListener('hashchange', () => {
    read();
    if (!holdsState()) write(toHash(readState())); // a link to a section took its place
  });
  let timer: number | undefined;
  let last = toHash(readState());
  effect(() => {
    const hash = toHash(readState());
    if (hash !== last) notice.value = '';
    last = hash;
    clearTimeout(timer);
    timer = setTimeout(() => {
      write(hash);
    }, DELAY);
  });
}

/** Changes all of the state at once. The browser's Back returns to what it was. */
export function change(state: PageState): void {
  write(toHash(readState()));
  history.pushState(null, '', toHash(state));
  writeState(state);
}

/** Whether there is a state in the address: if not, nothing, or a link to a section. */
const holdsState = () => location.hash.includes('=');

function write(hash: string): void {
  if (hash !== location.hash) history.replaceState(null, '', hash);
}

function read(): void {
  if (!holdsState()) return;
  try {
    writeState(fromHash(location.hash));
    notice.value = '';
  } catch (error) {
    notice.value = `The address cannot be read: ${(error as Error).message}. Nothing was changed.`;
  }
}
