import { computed } from '@preact/signals';
import { describeRadius } from '../../experiments/exact/describeRadius.ts';
import { along } from '../answer/along.ts';
import { DIRECTIONS, SEEDS, type DirectionName } from '../state/PageState.ts';
import { Button } from './Button.tsx';
import { Curve } from './Curve.tsx';
import { formatShort, withMinus } from './format.ts';
import { settled } from './settled.ts';
import { direction, seed } from './state.ts';

const NAMES: Record<DirectionName, string> = {
  worst: 'the worst direction',
  gradient: 'the gradient by topk',
  random: 'a random direction',
};

/** Why there is none. */
const MISSING: Record<DirectionName, string> = {
  worst: 'No direction selects another row, so none is the worst.',
  gradient: 'The gradient is 0, so it has no direction.',
  random: 'There is no such direction.',
};

/** The least part of the largest entry of W that the curve can resolve. */
const LEAST = 1e-4;

const radius = computed(() => {
  const text = settled.value.certificate.radius;
  return text === null ? Infinity : Number(text);
});
/** How far the chart reaches: three radii, where float32 shows them; otherwise a part of the largest entry of W. */
const reach = computed(() => {
  const { value } = radius;
  const largest =
    Math.max(...settled.value.problem.W.flat().map((entry) => Math.abs(Number(entry)))) || 1;
  if (!Number.isFinite(value)) return largest;
  return 3 * value > LEAST * largest ? 3 * value : 0.05 * largest;
});
const curve = computed(() => {
  const { problem, answer } = settled.value;
  return along(problem, answer.dW.topk, direction.value, reach.value, seed.value);
});

/** The loss along a line through W. */
export function AlongSection() {
  return (
    <section id="along">
      <h2>The loss along a line</h2>
      <p class="prose">
        Move all of <var>W</var> by <var>tD</var>, where <var>D</var> has norm 1. The radius is how
        far <var>W</var> may move without another row being selected. Within it the loss is exactly
        a parabola; the worst direction is the first to leave it.
      </p>
      <fieldset class="choices">
        <legend>
          <var>D</var> is
        </legend>
        {DIRECTIONS.map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="direction"
              checked={direction.value === name}
              onChange={() => (direction.value = name)}
            />
            {NAMES[name]}
          </label>
        ))}
        {direction.value === 'random' && (
          <Button
            isDisabled={seed.value === SEEDS.max}
            onPress={() => {
              seed.value++;
            }}
          >
            Draw another
          </Button>
        )}
      </fieldset>
      <Drawing />
    </section>
  );
}

function Drawing() {
  if (curve.value === undefined) return <p class="remark">{MISSING[direction.value]}</p>;
  const { slopes, ...lines } = curve.value;
  const isKink = slopes.left !== slopes.right; // of D and −D the sums are exactly opposite
  const radiusText = Number.isFinite(radius.value)
    ? `The radius is ${withMinus(describeRadius(settled.value.certificate))}.`
    : 'No other rows can be selected, so the radius is infinite.';
  return (
    <>
      <Curve
        label={`The loss along ${NAMES[direction.value]}. ${radiusText}`}
        radius={radius.value}
        {...lines}
      />
      <p class="remark" role="status">
        {radiusText}{' '}
        {isKink
          ? `The slope is ${formatShort(slopes.left)} on the left and ${formatShort(slopes.right)} on the right: a kink.`
          : `The slope is ${formatShort(slopes.right)} on both sides.`}
      </p>
    </>
  );
}
