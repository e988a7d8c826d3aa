import { computed } from '@preact/signals';
import { mayOverflow } from '../../experiments/cli/mayOverflow.ts';
import { batch } from '../answer/batch.ts';
import type { PageState } from '../state/PageState.ts';
import { readEntry } from '../state/readEntry.ts';
import { format, subscript } from './format.ts';
import { Matrix } from './Matrix.tsx';
import { NumberCell } from './NumberCell.tsx';
import { examples, step } from './state.ts';

const current = computed(() => {
  const { weights, examples: inputs } = examples.value;
  return batch(weights.map(Number), inputs.map(Number), step.value);
});

/** Two weights and two examples: where the gradient of the selection made is no gradient of the loss. */
export function BatchSection() {
  const { loss, selected, candidates } = current.value;
  return (
    <section id="batch">
      <h2>Two examples at once</h2>
      <p class="prose">
        Two weights see two examples, and <var>k</var> = 1. With weights 1 and 1 and examples 1 and
        −1, both examples tie, and yet the loss is <var>w</var>₀² + <var>w</var>₁²: smooth, with the
        gradient (2, 2). ‘first’ takes the same weight in both examples and returns (4, 0), which is
        no gradient. ‘even’ shares each tie, and is a gradient for any batch.
      </p>
      <div class="equation">
        <Pair name="w" what="weight" part="weights" />
        <Pair name="x" what="example" part="examples" />
        <p class="loss">
          <span>
            <var>L</var> = Σ max(<var>w</var>₀<var>x</var>, <var>w</var>₁<var>x</var>)²
          </span>
          <output>{format(loss)}</output>
          <small>
            selected:{' '}
            {selected.map((i, b) => `${subscript('w', i)} by ${subscript('x', b)}`).join(', ')}
          </small>
        </p>
        <div class="scrolls" tabIndex={0} role="region" aria-label="dL/dw">
          <table class="weights">
            <caption>dL/dw</caption>
            <thead>
              <tr>
                <td />
                <th scope="col">
                  <var>w</var>₀
                </th>
                <th scope="col">
                  <var>w</var>₁
                </th>
                <th scope="col">a gradient?</th>
              </tr>
            </thead>
            <tbody>
              {candidates.map(({ name, gradient, isGradient }) => (
                <tr key={name} class={isGradient ? 'yes' : 'no'}>
                  <th scope="row">{name}</th>
                  {gradient.map((entry, i) => (
                    <td key={i}>{format(entry, 2)}</td>
                  ))}
                  <td class="answer">{isGradient ? '✓ yes' : '✗ no'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

function Pair({
  name,
  what,
  part,
}: {
  name: string;
  what: string;
  part: keyof PageState['batch'];
}) {
  const texts = examples.value[part];
  return (
    <Matrix
      name={<var>{name}</var>}
      label={`${name}, two ${what}s`}
      width={Math.max(5, ...texts.map((text) => text.length))}
      columns={['']}
    >
      {texts.map((text, i) => (
        <tr key={i}>
          <th scope="row">{i}</th>
          <td>
            <NumberCell
              label={`${what} ${String(i)}`}
              text={text}
              onEntry={(typed) => {
                write(part, i, typed);
              }}
            />
          </td>
        </tr>
      ))}
    </Matrix>
  );
}

function write(part: keyof PageState['batch'], i: number, typed: string): void {
  const { value } = examples;
  const next = { ...value, [part]: value[part].with(i, readEntry(typed)) };
  if (mayOverflow([next.weights.map(Number)], next.examples.map(Number))) {
    throw new RangeError('is too large: the loss may overflow float32');
  }
  examples.value = next;
}
