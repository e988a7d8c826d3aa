import { computed, effect, signal } from '@preact/signals';
import { answer, certificate, numbers, problem, ranks, step } from './state.ts';

const read = () => ({
  problem: problem.value,
  numbers: numbers.value,
  step: step.value,
  answer: answer.value,
  certificate: certificate.value,
  ranks: ranks.value,
});
const now = computed(read);
const last = signal<ReturnType<typeof read> | undefined>(undefined);

/** The problem and what follows from it when the browser last had time: for what is far down the page. */
export const settled = computed(() => last.value ?? now.peek());

/**
 * Milliseconds between two updates at least, so that a drag, which changes something at every frame, has most of the
 * time for what the reader looks at; and until an update at most, since an idle moment may never come.
 */
const [REST, LIMIT] = [100, 200];

/** Lets `settled` follow. */
export function keepSettled(): void {
  let isDue = false;
  let rested = 0;
  const update = () => {
    isDue = false;
    last.value = now.value;
    rested = performance.now() + REST;
  };
  effect(() => {
    const next = now.value;
    if (isDue || next === settled.peek()) return;
    isDue = true;
    const wait = rested - performance.now();
    if (wait <= 0) whenIdle(update);
    else
      setTimeout(() => {
        whenIdle(update);
      }, wait);
  });
}

/** Safari has no requestIdleCallback. */
const whenIdle = (then: () => void) =>
  'requestIdleCallback' in globalThis
    ? requestIdleCallback(then, { timeout: LIMIT })
    : setTimeout(then, LIMIT / 4);
