import { describe } from '../../experiments/exact/describe.ts';
import { settled } from './settled.ts';
import { sentence } from './state.ts';

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
        , {because} {radius} {inX}
      </p>
      <p class="source">
        By <a href="#theorem">{statements} of the theorem</a>, for the numbers as typed, in exact
        arithmetic.
      </p>
      <details>
        <summary>The exact certificate</summary>
        <Certificate />
      </details>
    </section>
  );
}

function Certificate() {
  return (
    <ul>
      {describe(settled.value.certificate).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
