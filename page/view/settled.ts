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

/** Lets `settled` follow. */
export function keepSettled(): void {
  let isDue = false;
  effect(() => {
    const next = now.value;
    if (isDue || next === settled.peek()) return;
    isDue = true;
    whenIdle(() => {
      isDue = false;
      last.value = now.value;
    });
  });
}

/** Milliseconds after which it follows at the latest: without a limit an idle moment may never come. */
const LIMIT = 200;

/** Safari has no requestIdleCallback. */
const whenIdle = (then: () => void) =>
  'requestIdleCallback' in globalThis
    ? requestIdleCallback(then, { timeout: LIMIT })
    : setTimeout(then, LIMIT / 4);
