import { effect } from '@preact/signals';
import { fromHash } from '../state/fromHash.ts';
import type { PageState } from '../state/PageState.ts';
import { toHash } from '../state/toHash.ts';
import { notice, origin, readState, writeState } from './state.ts';

/** Milliseconds after a change until the address follows: browsers limit how often it may change. */
const DELAY = 200;

/** Reads the state from the address of the page, now and when it changes, and keeps the address up to date. */
export function syncAddress(): void {
  read('The page begins with its first example.');
  // At once when the address changes: `hashchange` comes later, and what is due to be written could come between.
  addEventListener('popstate', () => {
    read('The numbers stay as they are.');
    if (!holdsState()) write(toHash(readState())); // a link to a section took its place
  });
  let timer: number | undefined;
  let last = toHash(readState());
  effect(() => {
    const hash = toHash(readState());
    if (hash !== last) notice.value = '';
    last = hash;
    clearTimeout(timer);
    if (notice.value !== '') return; // the address stays, to be corrected
    timer = setTimeout(() => {
      write(hash);
    }, DELAY);
  });
}

/**
 * Changes all of the state at once. The browser's Back returns to what it was.
 *
 * @param start what Reset returns to from now on.
 */
export function change(state: PageState, start = state): void {
  write(toHash(readState()));
  if (toHash(state) !== location.hash) history.pushState(toHash(start), '', toHash(state));
  writeState(state, start);
}

/** Whether there is a state in the address: if not, nothing, or a link to a section. */
const holdsState = () => location.hash.includes('=');

function write(hash: string): void {
  if (hash !== location.hash) history.replaceState(toHash(origin.peek()), '', hash);
}

/** @param otherwise says what the page shows if the address cannot be read. */
function read(otherwise: string): void {
  if (!holdsState()) return;
  try {
    const state = fromHash(location.hash);
    const start: unknown = history.state; // as `change` and `write` leave it
    writeState(state, typeof start === 'string' ? fromHash(start) : state);
    notice.value = '';
  } catch (error) {
    notice.value = `The address cannot be read: ${(error as Error).message}. ${otherwise}`;
  }
}
