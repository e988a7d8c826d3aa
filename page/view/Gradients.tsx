import { useSignal } from '@preact/signals';
import { guessFor, type Guess } from '../state/guessFor.ts';
import { Arithmetic } from './Arithmetic.tsx';
import { formatShort } from './format.ts';
import { HeatMap, OFF } from './HeatMap.tsx';
import { Prediction } from './Prediction.tsx';
import { StepSlider } from './StepSlider.tsx';
import { answer, margin, problem, reach, sentence } from './state.ts';

/** dL/dW three ways, on one scale. */
export function Gradients() {
  const guess = useSignal<Guess | undefined>(undefined);
  const current = guessFor(problem.value, guess.value);
  const next = (): Guess | undefined => {
    if (current === undefined)
      return { problem: problem.value, rows: new Set(), isRevealed: false };
    return current.isRevealed ? undefined : { ...current, isRevealed: true };
  };
  return (
    <section id="gradients">
      <Introduction />
      {current && (
        <Prediction
          {...current}
          onRows={(rows) => {
            guess.value = { ...current, rows };
          }}
        />
      )}
      <p class="ask">
        <button
          type="button"
          onClick={() => {
            guess.value = next();
          }}
        >
          {current === undefined ? 'Guess first' : current.isRevealed ? 'Close' : 'Reveal'}
        </button>
      </p>
      {(current === undefined || current.isRevealed) && <Maps />}
      <StepSlider />
    </section>
  );
}

function Introduction() {
  const steps = (
    <>
      Central differences move each number of <var>W</var> by ±<var>h</var> and look at the loss
      only
    </>
  );
  if (sentence.value.isDifferentiable) {
    return (
      <>
        <h2>The gradient, three ways</h2>
        <p class="prose">
          topk hands dL/d<var>v</var> back to the rows that it selected; the others get 0. The
          selection matrix <var>S</var>, held fixed, does the same by a product. {steps}, so they
          check both; where a step selects another row, they are wrong.
        </p>
      </>
    );
  }
  return (
    <>
      <h2>No gradient exists here: what three ways return</h2>
      <p class="prose">
        topk and the selection matrix <var>S</var> return what the gradient would be if the rows
        that they selected stayed selected, though tied rows could be selected as well. {steps}. Of
        the two steps of a tied row one selects it and the other does not, so their mean is the
        slope of neither.
      </p>
    </>
  );
}

function Maps() {
  const { dW, differences } = answer.value;
  const scale = Math.max(...Object.values(dW).flat(2).map(Math.abs));
  const differs = (difference: number, why: string) =>
    difference === 0
      ? 'No entry differs from topk’s.'
      : `Largest difference from topk’s: ${formatShort(difference)}, ${why}.`;
  const isCrossed = reach.value > margin.value;
  const isOutlined = sentence.value.isDifferentiable && differences.central > OFF * scale;
  return (
    <>
      <div class="maps">
        <HeatMap title="by topk" method="topk" values={dW.topk} scale={scale} />
        <HeatMap
          title="by the selection matrix"
          method="matrix"
          values={dW.matrix}
          scale={scale}
          comparison={differs(differences.matrix, 'by rounding')}
        />
        <HeatMap
          title="by central differences"
          method="central"
          values={dW.central}
          against={sentence.value.isDifferentiable ? dW.topk : undefined}
          scale={scale}
          roundsSmall
          comparison={differs(
            differences.central,
            isCrossed ? 'by steps past the cut, and by rounding' : 'by rounding',
          )}
        />
      </div>
      <Arithmetic isOutlined={isOutlined} />
    </>
  );
}
