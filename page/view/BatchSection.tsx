import { computed } from '@preact/signals';
import { mayOverflow } from '../../experiments/cli/mayOverflow.ts';
import { batch, type BatchAnswer } from '../answer/batch.ts';
import type { PageState } from '../state/PageState.ts';
import { readEntry } from '../state/readEntry.ts';
import { CandidateTable } from './CandidateTable.tsx';
import { format, formatShort, subscript } from './format.ts';
import { Matrix } from './Matrix.tsx';
import { NumberCell } from './NumberCell.tsx';
import { examples, step } from './state.ts';

const current = computed(() => {
  const { weights, examples: inputs } = examples.value;
  return batch(weights.map(Number), inputs.map(Number), step.value);
});

/** Two weights and two examples: where the gradient of the selection made is no gradient of the loss. */
export function BatchSection() {
  const { loss, selected, isDifferentiable, candidates } = current.value;
  return (
    <section id="batch">
      <h2>Two examples at once</h2>
      <p class="prose">
        Two weights <var>w</var> see two examples <var>x</var>, and <var>k</var> = 1: for each
        example, only the larger product counts. (All else on this page has one example.){' '}
        <Found {...current.value} />
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
        <CandidateTable
          caption="dL/dw"
          question={isDifferentiable ? 'the gradient?' : 'generalized gradient?'}
          columns={[0, 1].map((i) => (
            <>
              <var>w</var>
              {subscript('', i)}
            </>
          ))}
          candidates={candidates.map((candidate) => ({
            ...candidate,
            numbers: candidate.gradient,
          }))}
        />
      </div>
    </section>
  );
}

/** Whether the examples tie because float32 rounds two weights to one number. */
const isMerged = computed(() => {
  const [first, second] = examples.value.weights.map(Number);
  return first !== second && Math.fround(first) === Math.fround(second);
});

const TIES = ['No example ties', 'One of the examples ties', 'Both examples tie'];

/** What is true of the numbers as they are now. */
function Found({ ties, isDifferentiable, candidates: [first, even] }: BatchAnswer) {
  const pair = ({ gradient }: typeof first) =>
    `(${gradient.map((entry) => formatShort(entry)).join(', ')})`;
  const judge = ({ standing }: typeof first) => {
    const isOne = standing === 'yes';
    if (isDifferentiable) return isOne ? 'right' : 'wrong';
    return isOne ? 'one of them' : 'none of them';
  };
  if (ties === 0)
    return (
      <>
        {TIES[0]}, so the loss is smooth here: its gradient is {pair(even)}.
      </>
    );
  return (
    <>
      {TIES[ties]}
      {isMerged.value && ' in float32, which rounds both weights to the same number'},{' '}
      {isDifferentiable
        ? `and yet the loss is smooth here: its gradient is ${pair(even)}.`
        : 'and the loss has a kink here: no gradient, but a set of generalized ones.'}{' '}
      ‘first’ takes <var>w</var>₀ at each tie and returns {pair(first)}: {judge(first)}. ‘even’
      shares each tie and returns {pair(even)}: {judge(even)}.
    </>
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
