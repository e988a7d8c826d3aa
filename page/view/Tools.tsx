import { computed, useSignal } from '@preact/signals';
import { MAX_LENGTH, type Problem } from '../state/Problem.ts';
import { resize } from '../state/resize.ts';
import { toJson } from '../state/toJson.ts';
import { toProgram } from '../state/toProgram.ts';
import { toHash } from '../state/toHash.ts';
import { Button } from './Button.tsx';
import { copy } from './copy.ts';
import { Stepper } from './Stepper.tsx';
import { larger, origin, problem, readState } from './state.ts';
import { steady } from './steady.ts';
import { change } from './syncAddress.ts';

const size = steady(() => {
  const { W, x, k } = problem.value;
  return { n: W.length, d: x.length, k };
});
const isOrigin = computed(() => toHash(readState()) === toHash(origin.value));

/** Changes the numbers of rows and columns. Those that are taken away come back as they were, and k with them. */
function resizeTo(n: number, d: number): void {
  const now = problem.value;
  const before = larger.value ?? now;
  const [rows, columns] = [
    Math.max(now.W.length, before.W.length),
    Math.max(now.x.length, before.x.length),
  ];
  larger.value = resize(now, rows, columns, before);
  problem.value = resize(now, n, d, larger.value);
}

/** What came of the last copy, and of which problem: of another one it says nothing. */
interface Copied {
  problem: Problem;
  label: string;
  isDone: boolean;
  message: string;
}

/** The size of the problem, and ways to take it elsewhere. */
export function Tools() {
  const { n, d, k } = size.value;
  const last = useSignal<Copied | undefined>(undefined);
  const copied = last.value?.problem === problem.value ? last.value : undefined;
  const copyButton = (label: string, textOf: (problem: Problem) => string, done: string) => (
    <button
      type="button"
      class={copied?.isDone && copied.label === label ? 'copy done' : 'copy'}
      onClick={() => {
        const { value } = problem;
        void copy(textOf(value)).then((reason) => {
          const message = reason === undefined ? `Copied. ${done}` : `Not copied: ${reason}`;
          last.value = { problem: value, label, isDone: reason === undefined, message };
        });
      }}
    >
      {label}
    </button>
  );
  return (
    <section class="tools" aria-label="Settings">
      <Stepper
        name="k"
        value={k}
        min={0}
        max={n}
        onValue={(k) => {
          problem.value = { ...problem.value, k };
          if (larger.value) larger.value = { ...larger.value, k };
        }}
      />
      <Stepper
        name="rows"
        value={n}
        min={1}
        max={MAX_LENGTH}
        onValue={(n) => {
          resizeTo(n, d);
        }}
      />
      <Stepper
        name="columns"
        value={d}
        min={1}
        max={MAX_LENGTH}
        onValue={(d) => {
          resizeTo(n, d);
        }}
      />
      <span class="buttons">
        <Button
          isDisabled={isOrigin.value}
          onPress={() => {
            change(origin.value);
          }}
        >
          Reset
        </Button>
        {copyButton(
          'Copy as JSON',
          toJson,
          'Save it as mine.json, and run: npm start -- --input mine.json',
        )}
        {copyButton('Copy as TypeScript', toProgram, 'It is a program that runs.')}
      </span>
      <span class="message" role="status">
        {copied?.message}
      </span>
    </section>
  );
}
