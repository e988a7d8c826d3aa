import { computed, type ReadonlySignal } from '@preact/signals';

/**
 * A computed value that stays the same object while its JSON does, so that what depends on it is not rendered again.
 */
export function steady<T>(compute: () => T): ReadonlySignal<T> {
  let last: { value: T; text: string } | undefined;
  return computed(() => {
    const value = compute();
    const text = JSON.stringify(value);
    if (last?.text !== text) last = { value, text };
    return last.value;
  });
}
