import { useSignal } from '@preact/signals';
import { answer } from './state.ts';

/** Asks which rows of dL/dW are not zero, and compares the answer with topk's gradient. */
export function Prediction({ onReveal }: { onReveal: () => void }) {
  const guess = useSignal<ReadonlySet<number>>(new Set());
  const isRevealed = useSignal(false);
  const { dW } = answer.value;
  const isNonZero = dW.topk.map((row) => row.some((entry) => entry !== 0));
  const right = isNonZero.filter((isNonZero, i) => isNonZero === guess.value.has(i)).length;
  return (
    <fieldset class="prediction">
      <legend>Which rows of dL/dW are not zero?</legend>
      {isNonZero.map((isNonZero, i) => (
        <label
          key={i}
          class={isRevealed.value ? (isNonZero === guess.value.has(i) ? 'right' : 'missed') : ''}
        >
          <input
            type="checkbox"
            checked={guess.value.has(i)}
            disabled={isRevealed.value}
            onChange={({ currentTarget: { checked } }) => {
              const next = new Set(guess.value);
              if (checked) next.add(i);
              else next.delete(i);
              guess.value = next;
            }}
          />
          row {i}
          {isRevealed.value && <span>{isNonZero ? ' is not zero' : ' is zero'}</span>}
        </label>
      ))}
      <p role="status">
        {isRevealed.value &&
          `${String(right)} of ${String(isNonZero.length)} right. Only selected rows reach the loss, so only they have a gradient.`}
      </p>
      <button
        type="button"
        onClick={() => {
          if (isRevealed.value) onReveal();
          isRevealed.value = true;
        }}
      >
        {isRevealed.value ? 'Show the numbers' : 'Reveal'}
      </button>
    </fieldset>
  );
}
