import { computed } from '@preact/signals';
import { soft } from '../answer/soft.ts';
import { TEMPERATURE_EXPONENTS } from '../state/PageState.ts';
import { format, formatShort, subscript } from './format.ts';
import { HeatMap } from './HeatMap.tsx';
import { Slider } from './Slider.tsx';
import { settled } from './settled.ts';
import { temperatureExponent } from './state.ts';

const temperature = computed(() => 2 ** temperatureExponent.value);
const relaxed = computed(() => {
  const { numbers } = settled.value;
  const { W, k } = numbers;
  return k === 0 || k === W.length ? undefined : soft(numbers, temperature.value);
});

/** A mask in [0, 1] in place of the selection, and its gradient beside the hard one. */
export function SoftSection() {
  return (
    <section id="soft">
      <h2>A softer selection</h2>
      <p class="prose">
        softTopk gives each row a share in [0, 1], and the shares sum to <var>k</var>. The loss Σ{' '}
        <var>mᵢyᵢ</var>² has a gradient everywhere, and every row near the cut gets some of it. As
        the temperature falls, the mask becomes the selection; rows that tie at the cut share it.
      </p>
      <Slider
        label={<>Temperature {formatShort(temperature.value)}</>}
        valueText={formatShort(temperature.value)}
        value={temperatureExponent.value}
        {...TEMPERATURE_EXPONENTS}
        onValue={(value) => (temperatureExponent.value = value)}
      />
      {relaxed.value === undefined ? (
        <p class="remark">All rows are on one side: there is nothing to relax.</p>
      ) : (
        <Relaxed />
      )}
    </section>
  );
}

function Relaxed() {
  const { value } = relaxed;
  if (value === undefined) return null;
  const { answer, ranks } = settled.value;
  const hard = answer.dW.topk;
  const scale = Math.max(...[hard, value.dW].flat(2).map(Math.abs));
  return (
    <div class="maps">
      <figure class="mask">
        <figcaption>
          <strong>the mask</strong>, sum {format(value.sum)}
        </figcaption>
        <ol>
          {value.mask.map((share, i) => (
            <li key={i} class={ranks[i] >= 0 ? 'in' : ''}>
              <var>{subscript('m', i)}</var>
              <span class="bar" style={{ '--share': `${String(100 * share)}%` }} />
              <span>{format(share, 3, 1)}</span>
            </li>
          ))}
        </ol>
      </figure>
      <HeatMap title="soft dL/dW" values={value.dW} scale={scale} roundsSmall />
      <HeatMap title="hard dL/dW" values={hard} scale={scale} />
    </div>
  );
}
