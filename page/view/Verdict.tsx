import { describe } from '../../experiments/exact/describe.ts';
import { withMinus } from './format.ts';
import { settled } from './settled.ts';
import { rounded, sentence } from './state.ts';

/** Whether the loss is differentiable, why, and how far that reaches, from the exact certificate. */
export function Verdict() {
  const { isDifferentiable, because, radius, statements, inX } = sentence.value;
  return (
    <section class={`verdict ${isDifferentiable ? 'yes' : 'no'}`} aria-label="Verdict">
      <p class="answer" role="status">
        <strong>
          <span aria-hidden="true">{isDifferentiable ? '✓' : '✗'}</span>{' '}
          {isDifferentiable ? 'Differentiable' : 'Not differentiable'}
        </strong>
        , {withMinus(`${because} ${radius}`)}
      </p>
      <p class="source">
        <var>L</var> has a gradient in <var>W</var> unless the <var>k</var>-th and the (<var>k</var>{' '}
        + 1)-th largest entry of <var>y</var> are equal, and not 0:{' '}
        <a href="#theorem">{statements} of the theorem</a>. {withMinus(inX)}
      </p>
      {rounded.value !== '' && <p class="source">{rounded.value}</p>}
      <details>
        <summary>The exact certificate, for the numbers as typed</summary>
        <Certificate />
      </details>
    </section>
  );
}

function Certificate() {
  return (
    <ul>
      {describe(settled.value.certificate).map((line) => (
        <li key={line}>{withMinus(line)}</li>
      ))}
    </ul>
  );
}
