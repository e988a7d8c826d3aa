import { useSignal } from '@preact/signals';
import { Arithmetic } from './Arithmetic.tsx';
import { formatShort } from './format.ts';
import { HeatMap } from './HeatMap.tsx';
import { Prediction } from './Prediction.tsx';
import { StepSlider } from './StepSlider.tsx';
import { answer } from './state.ts';

/** dL/dW three ways, on one scale. */
export function Gradients() {
  const isGuessing = useSignal(false);
  return (
    <section id="gradients">
      <h2>The gradient, three ways</h2>
      <p class="prose">
        topk hands dL/d<var>v</var> back to the rows that it selected. The selection matrix{' '}
        <var>S</var>, held fixed, does the same by a product. Central differences know neither: they
        move each number of <var>W</var> by ±<var>h</var> and look at the loss.{' '}
        <button
          type="button"
          aria-pressed={isGuessing}
          onClick={() => {
            isGuessing.value = !isGuessing.value;
          }}
        >
          {isGuessing.value ? 'Show the gradients' : 'Guess first'}
        </button>
      </p>
      {isGuessing.value ? <Prediction onReveal={() => (isGuessing.value = false)} /> : <Maps />}
      <StepSlider />
    </section>
  );
}

function Maps() {
  const { dW, differences } = answer.value;
  const scale = Math.max(...Object.values(dW).flat(2).map(Math.abs));
  const differs = (difference: number) =>
    difference === 0
      ? 'No entry differs from topk’s.'
      : `Largest difference from topk’s: ${formatShort(difference, 2)}.`;
  return (
    <>
      <div class="maps">
        <HeatMap title="by topk" values={dW.topk} scale={scale} />
        <HeatMap
          title="by the selection matrix"
          values={dW.matrix}
          scale={scale}
          comparison={differs(differences.matrix)}
        />
        <HeatMap
          title="by central differences"
          values={dW.central}
          scale={scale}
          comparison={differs(differences.central)}
        />
      </div>
      <Arithmetic />
    </>
  );
}
