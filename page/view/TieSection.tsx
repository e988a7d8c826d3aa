import { computed } from '@preact/signals';
import { toNumber } from '../../experiments/exact/formatFraction.ts';
import { formatRows } from '../../experiments/exact/formatRows.ts';
import { tie, type Tie } from '../answer/tie.ts';
import { snapToTie } from '../state/snapToTie.ts';
import { format, formatShort } from './format.ts';
import { Segment } from './Segment.tsx';
import { settled } from './settled.ts';
import { problem } from './state.ts';

const current = computed(() => tie(settled.value.problem, settled.value.step));

/** All gradients where the k-th and the (k+1)-th entry tie. */
export function TieSection() {
  return (
    <section id="tie">
      <h2>At a tie</h2>
      {current.value ? <AtTie {...current.value} /> : <NoTie />}
    </section>
  );
}

function NoTie() {
  const { margin } = settled.value.certificate;
  if (margin === null)
    return <p class="prose">All rows are on one side, so none can tie across the cut.</p>;
  return (
    <p class="prose">
      There is no tie now: the <var>k</var>-th entry and the next differ by{' '}
      {formatShort(toNumber(margin))}. Bring them together, and the gradient becomes a set of
      gradients.{' '}
      <button
        type="button"
        onClick={() => {
          problem.value = snapToTie(problem.value);
        }}
      >
        Snap to a tie
      </button>
    </p>
  );
}

function AtTie(tie: Tie) {
  const { tied, remaining, threshold, candidates } = tie;
  if (candidates.length === 0) {
    return (
      <p class="prose">
        {capital(formatRows(tied))} tie at 0. A gradient gives each of them a share of 2<var>τ</var>{' '}
        = 0, so it does not matter which is selected: there is one gradient.
      </p>
    );
  }
  return (
    <>
      <p class="prose">
        {capital(formatRows(tied))} tie at <var>τ</var> = {formatShort(threshold)}, and {remaining}{' '}
        of them {remaining === 1 ? 'is' : 'are'} selected. A gradient gives each a weight in [0, 1]
        of 2<var>τ</var> <var>x</var>ᵀ, and the weights sum to {remaining}: the thick segment.
      </p>
      <div class="beside">
        <Segment {...tie} />
        <Weights {...tie} />
      </div>
      <p class="prose">
        A central difference gives every tied row one half, and a little more for its step: in all{' '}
        {formatShort(tied.length / 2)}, where a gradient has {remaining}.{' '}
        {tied.length === 2 * remaining &&
          'Where half of the tied rows are selected, as here, that is the even gradient, but for the step. With three rows it is none.'}
        {remaining === 1 && ' The gradient of tf.max gives each of them the whole.'}
      </p>
    </>
  );
}

function Weights({ tied, candidates }: Tie) {
  return (
    <div class="scrolls" tabIndex={0} role="region" aria-label="Weights of the tied rows">
      <table class="weights">
        <caption>Weights of the tied rows</caption>
        <thead>
          <tr>
            <td />
            {tied.map((i) => (
              <th key={i} scope="col">
                row {i}
              </th>
            ))}
            <th scope="col">sum</th>
            <th scope="col">a gradient?</th>
          </tr>
        </thead>
        <tbody>
          {candidates.map(({ name, weights, isGradient }) => (
            <tr key={name} class={isGradient ? 'yes' : 'no'}>
              <th scope="row">{name}</th>
              {weights.map((weight, i) => (
                <td key={tied[i]}>{format(weight, 2)}</td>
              ))}
              <td>
                {format(
                  weights.reduce((sum, weight) => sum + weight, 0),
                  2,
                )}
              </td>
              <td class="answer">{isGradient ? '✓ yes' : '✗ no'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
