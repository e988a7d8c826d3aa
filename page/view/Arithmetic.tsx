import { formatRows } from '../../experiments/exact/formatRows.ts';
import { difference } from '../answer/difference.ts';
import { format, formatShort, subscript } from './format.ts';
import { answer, focus, numbers, ranks, step, type Focus } from './state.ts';

/** Enough digits of two losses for their difference. */
const DIGITS = 8;

/** How the entry of dL/dW in focus comes about: 2 · y₂ · x₃ = 1.8634, or a difference of two losses. */
export function Arithmetic() {
  const { value } = focus;
  const { dW } = answer.value;
  const isThere =
    value?.method !== undefined && value.row < dW.topk.length && value.column < dW.topk[0].length;
  return (
    <p class="arithmetic">
      {isThere ? (
        value.method === 'central' ? (
          <Difference {...value} />
        ) : (
          <Product {...value} />
        )
      ) : (
        'Point at an entry to see where it comes from.'
      )}
    </p>
  );
}

function Product({ row, column }: Focus) {
  const { y, dW } = answer.value;
  const names = [subscript('y', row), subscript('x', column)];
  if (ranks.value[row] < 0) {
    return (
      <>
        <var>{names[0]}</var> is not selected, so row {row} is 0.
      </>
    );
  }
  return (
    <>
      2 · <var>{names[0]}</var> · <var>{names[1]}</var> = 2 · {format(y[row])} ·{' '}
      {format(numbers.value.x[column])} = <b>{format(dW.topk[row][column])}</b>
    </>
  );
}

function Difference({ row, column }: Focus) {
  const { above, below } = difference(numbers.value, step.value, { row, column });
  const [up, down] = [above, below].map(({ selected }) => formatRows(selected));
  const [high, low] = [above, below].map(({ loss }) => formatShort(loss, DIGITS));
  return (
    <>
      With <var>h</var> in row {row}, column {column}: (<var>L</var>(<var>W</var> + <var>h</var>) −{' '}
      <var>L</var>(<var>W</var> − <var>h</var>)) / 2<var>h</var> = ({high} − {low}) /{' '}
      {formatShort(2 * step.value, DIGITS)} = <b>{format(answer.value.dW.central[row][column])}</b>.{' '}
      {up !== down &&
        `W + h selects ${up}, W − h ${down}: two different parabolas, so this is the slope of neither.`}
    </>
  );
}
