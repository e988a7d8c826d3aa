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
    <button
      type="button"
      aria-label={`${word} ${name}`}
      disabled={value + change < min || value + change > max}
      onClick={() => {
        onValue(value + change);
      }}
    >
      {sign}
    </button>
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
