import { STEP_EXPONENTS } from '../state/PageState.ts';
import { formatShort } from './format.ts';
import { Slider } from './Slider.tsx';
import { step, stepExponent } from './state.ts';

/** Sets the step h of the central differences. */
export function StepSlider() {
  return (
    <Slider
      label={
        <>
          Step of the differences, <var>h</var> = {formatShort(step.value, 10)}
        </>
      }
      valueText={formatShort(step.value, 10)}
      value={stepExponent.value}
      {...STEP_EXPONENTS}
      onValue={(value) => {
        stepExponent.value = value;
      }}
    />
  );
}
