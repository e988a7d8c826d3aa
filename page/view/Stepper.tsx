import { Button } from './Button.tsx';

interface StepperProps {
  /** What is counted: 'k', 'rows'. */
  name: string;
  value: number;
  min: number;
  max: number;
  onValue: (value: number) => void;
}

/** A small integer with a button on each side. */
export function Stepper({ name, value, min, max, onValue }: StepperProps) {
  const button = (change: number, sign: string, word: string) => (
    <Button
      label={`${word} ${name}`}
      isDisabled={value + change < min || value + change > max}
      onPress={() => {
        onValue(value + change);
      }}
    >
      {sign}
    </Button>
  );
  return (
    <div class="stepper" role="group" aria-label={name}>
      <span class="name">{name}</span>
      {button(-1, '−', 'Fewer')}
      <output aria-live="polite">{value}</output>
      {button(1, '+', 'More')}
    </div>
  );
}
