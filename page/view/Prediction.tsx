import { useEffect, useRef } from 'preact/hooks';
import type { Guess } from '../state/guessFor.ts';
import { answer, ranks, sentence } from './state.ts';

interface PredictionProps extends Guess {
  onRows: (rows: ReadonlySet<number>) => void;
}

/** Asks which rows of dL/dW are not zero, and compares the answer with topk's gradient. */
export function Prediction({ rows, isRevealed, onRows }: PredictionProps) {
  const firstRow = useRef<HTMLInputElement>(null);
  useEffect(() => {
    firstRow.current?.focus();
  }, []);
  const { isDifferentiable } = sentence.value;
  const isNonZero = answer.value.dW.topk.map((row) => row.some((entry) => entry !== 0));
  const right = isNonZero.filter((isNonZero, i) => isNonZero === rows.has(i)).length;
  return (
    <fieldset class="prediction">
      <legend>
        {isDifferentiable
          ? 'Which rows of dL/dW are not zero?'
          : 'Which rows of topk’s answer are not zero?'}
      </legend>
      {isNonZero.map((isNonZero, i) => (
        <label key={i} class={isRevealed ? (isNonZero === rows.has(i) ? 'right' : 'missed') : ''}>
          <input
            ref={i === 0 ? firstRow : undefined}
            type="checkbox"
            checked={rows.has(i)}
            disabled={isRevealed}
            onChange={({ currentTarget: { checked } }) => {
              const next = new Set(rows);
              if (checked) next.add(i);
              else next.delete(i);
              onRows(next);
            }}
          />
          row {i}
          {isRevealed && <span>{isNonZero ? ' is not zero' : ' is zero'}</span>}
        </label>
      ))}
      <p role="status">
        {isRevealed &&
          `${String(right)} of ${String(isNonZero.length)} right. Only selected rows reach the loss, so only they get a gradient.${
            ranks.value.some((rank, i) => rank >= 0 && !isNonZero[i])
              ? ' A selected row also gets 0 if its y is 0, if x is 0, or if float32 rounds their product to 0.'
              : ''
          }${
            isDifferentiable
              ? ''
              : ' Which of the tied rows are selected is a choice: topk takes those with the lowest indices.'
          }`}
      </p>
    </fieldset>
  );
}
