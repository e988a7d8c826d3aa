import { effect } from '@preact/signals';
import { fromHash } from '../state/fromHash.ts';
import { toHash } from '../state/toHash.ts';
import { notice, readState, writeState } from './state.ts';

/** Milliseconds after a change until the address follows: browsers limit how often it may change. */
const DELAY = 200;

/** Reads the state from the address of the page, now and when it changes, and keeps the address up to date. */
export function syncAddress(): void {
  read();
  addEventListener('hashchange', read);
  let timer: number | undefined;
  effect(() => {
    const hash = toHash(readState());
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (hash !== location.hash) history.replaceState(null, '', hash);
    }, DELAY);
  });
}

function read(): void {
  if (!location.hash.includes('=')) return; // no state, or a link to a section
  try {
    writeState(fromHash(location.hash));
    notice.value = '';
  } catch (error) {
    notice.value = `The address cannot be read: ${(error as Error).message}. Nothing was changed.`;
  }
}
