import { formatRows } from '../../experiments/exact/formatRows.ts';
import { difference } from '../answer/difference.ts';
import { format, formatShort, subscript } from './format.ts';
import { OFF } from './HeatMap.tsx';
import { answer, focus, numbers, ranks, step, type Focus } from './state.ts';

const OUTLINED = `Outlined: off by more than ${String(100 * OFF)} % of the largest entry. `;

/** The fewest and the most digits of two losses: so many that what is shown of their difference follows from them. */
const [FEWEST, MOST] = [8, 16];

/**
 * How the entry of dL/dW in focus comes about: 2 · y₂ · x₃ = 1.8634, or a difference of two losses.
 *
 * @param isOutlined whether some entries are outlined, as they are far from the gradient.
 */
export function Arithmetic({ isOutlined }: { isOutlined: boolean }) {
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
        `${isOutlined ? OUTLINED : ''}Point at an entry to see where it comes from.`
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
  const result = format(answer.value.dW.central[row][column]);
  const width = 2 * step.value;
  const follows = (digits: number) => {
    const [high, low] = [above, below].map(({ loss }) => Number(loss.toPrecision(digits)));
    return format((high - low) / width) === result;
  };
  let digits = FEWEST;
  while (digits < MOST && !follows(digits)) digits++;
  const [high, low] = [above, below].map(({ loss }) => formatShort(loss, digits));
  return (
    <>
      With <var>h</var> in row {row}, column {column}: (<var>L</var>(<var>W</var> + <var>h</var>) −{' '}
      <var>L</var>(<var>W</var> − <var>h</var>)) / 2<var>h</var> = ({high} − {low}) /{' '}
      {formatShort(width, MOST)} = <b>{result}</b>.{' '}
      {up !== down &&
        `W + h selects ${up}, W − h ${down}: two different parabolas, so this is the slope of neither.`}
    </>
  );
}
