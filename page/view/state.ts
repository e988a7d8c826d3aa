import { batch, computed, signal } from '@preact/signals';
import { certify } from '../../experiments/exact/certify.ts';
import { toNumber } from '../../experiments/exact/formatFraction.ts';
import { gradients, type Gradients } from '../answer/gradients.ts';
import { rounding } from '../answer/rounding.ts';
import { verdict } from '../answer/verdict.ts';
import { START, type PageState } from '../state/PageState.ts';
import { numbersOf, type Problem } from '../state/Problem.ts';
import { steady } from './steady.ts';

/** What the reader has set. */
export const problem = signal<Problem>(START.problem);
export const stepExponent = signal(START.stepExponent);
export const direction = signal(START.direction);
export const seed = signal(START.seed);
export const temperatureExponent = signal(START.temperatureExponent);
export const examples = signal(START.batch);
/** What Reset returns to. */
export const origin = signal<PageState>(START);
/** An entry of dL/dW, and by which method; of the soft loss by none of them. */
export interface Focus {
  row: number;
  column: number;
  method?: keyof Gradients['dW'];
}
/** The entry that the reader looks at. */
export const focus = signal<Focus | undefined>(undefined);
/** How often all of the state was changed at once: what was being typed is void then. */
export const generation = signal(0);
/** The problem before rows or columns were taken away, which come back with their numbers. */
export const larger = signal<Problem | undefined>(undefined);
/** What went wrong with the address; empty if nothing did. */
export const notice = signal('');

/** What follows from it. */
export const numbers = computed(() => numbersOf(problem.value));
export const step = computed(() => 2 ** stepExponent.value);
/** How far a step of the central differences moves an entry of y at most. */
export const reach = computed(() => step.value * Math.max(...numbers.value.x.map(Math.abs)));
export const answer = computed(() => gradients(numbers.value, step.value));
export const certificate = computed(() => certify(problem.value));
/** How far the k-th entry of y is from the next; Infinity where all rows are on one side. */
export const margin = computed(() => {
  const { value } = certificate;
  return value.margin === null ? Infinity : toNumber(value.margin);
});
export const sentence = computed(() => verdict(certificate.value));
export const rounded = computed(() => rounding(certificate.value, answer.value.indices));
/** The rank of each row among the selected ones: 0 for the largest; −1 for rows that are not selected. */
export const ranks = steady(() => problem.value.W.map((_, i) => answer.value.indices.indexOf(i)));

export const readState = (): PageState => ({
  problem: problem.value,
  stepExponent: stepExponent.value,
  direction: direction.value,
  seed: seed.value,
  temperatureExponent: temperatureExponent.value,
  batch: examples.value,
});

/** @param start what Reset returns to. */
export function writeState(state: PageState, start: PageState): void {
  batch(() => {
    origin.value = start;
    generation.value++;
    larger.value = undefined;
    problem.value = state.problem;
    stepExponent.value = state.stepExponent;
    direction.value = state.direction;
    seed.value = state.seed;
    temperatureExponent.value = state.temperatureExponent;
    examples.value = state.batch;
    focus.value = undefined;
  });
}
