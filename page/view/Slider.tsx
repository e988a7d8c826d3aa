import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface SliderProps {
  /** What the slider sets, with its value. */
  label: ComponentChildren;
  /** The value for screen readers: '2 to the power of −7'. */
  valueText: string;
  value: number;
  min: number;
  max: number;
  onValue: (value: number) => void;
}

/** A slider over integers. */
export function Slider({ label, valueText, value, min, max, onValue }: SliderProps) {
  const id = useId();
  return (
    <p class="slider">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="range"
        aria-valuetext={valueText}
        {...{ min, max, value }}
        onInput={({ currentTarget }) => {
          onValue(Number(currentTarget.value));
        }}
      />
    </p>
  );
}
