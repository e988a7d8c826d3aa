import { computed, useSignal } from '@preact/signals';
import { MAX_LENGTH } from '../state/Problem.ts';
import { resize } from '../state/resize.ts';
import { toJson } from '../state/toJson.ts';
import { toProgram } from '../state/toProgram.ts';
import { copy } from './copy.ts';
import { Stepper } from './Stepper.tsx';
import { origin, problem } from './state.ts';
import { steady } from './steady.ts';

const size = steady(() => {
  const { W, x, k } = problem.value;
  return { n: W.length, d: x.length, k };
});
const isOrigin = computed(() => problem.value === origin.value);

/** The size of the problem, and ways to take it elsewhere. */
export function Tools() {
  const { n, d, k } = size.value;
  const message = useSignal('');
  const copyButton = (label: string, text: () => string, done: string) => (
    <button
      type="button"
      onClick={() => {
        void copy(text()).then((isCopied) => {
          message.value = isCopied ? done : 'The browser does not allow copying.';
        });
      }}
    >
      {label}
    </button>
  );
  return (
    <div class="tools">
      <Stepper
        name="k"
        value={k}
        min={0}
        max={n}
        onValue={(k) => {
          problem.value = { ...problem.value, k };
        }}
      />
      <Stepper
        name="rows"
        value={n}
        min={1}
        max={MAX_LENGTH}
        onValue={(n) => {
          problem.value = resize(problem.value, n, d);
        }}
      />
      <Stepper
        name="columns"
        value={d}
        min={1}
        max={MAX_LENGTH}
        onValue={(d) => {
          problem.value = resize(problem.value, n, d);
        }}
      />
      <span class="buttons">
        <button
          type="button"
          disabled={isOrigin}
          onClick={() => {
            problem.value = origin.value;
          }}
        >
          Reset
        </button>
        {copyButton(
          'Copy as JSON',
          () => toJson(problem.value),
          'Copied. Save it as mine.json, and run: npm start -- --input mine.json',
        )}
        {copyButton(
          'Copy as TypeScript',
          () => toProgram(problem.value),
          'Copied: a program that runs.',
        )}
      </span>
      <span class="message" role="status">
        {message}
      </span>
    </div>
  );
}
