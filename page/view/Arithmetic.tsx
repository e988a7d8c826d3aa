import { format, subscript } from './format.ts';
import { answer, focus, numbers, ranks } from './state.ts';

/** How the entry of dL/dW in focus comes about: 2 · y₂ · x₃ = 1.8634. */
export function Arithmetic() {
  const { row, column } = focus.value ?? {};
  const { y, dW } = answer.value;
  if (row === undefined || column === undefined || row >= y.length || column >= dW.topk[0].length) {
    return <p class="arithmetic">Point at an entry to see where it comes from.</p>;
  }
  const names = [subscript('y', row), subscript('x', column)];
  if (ranks.value[row] < 0) {
    return (
      <p class="arithmetic">
        <var>{names[0]}</var> is not selected, so row {row} of dL/dW is 0.
      </p>
    );
  }
  return (
    <p class="arithmetic">
      2 · <var>{names[0]}</var> · <var>{names[1]}</var> = 2 · {format(y[row])} ·{' '}
      {format(numbers.value.x[column])} = <b>{format(dW.topk[row][column])}</b>
    </p>
  );
}
