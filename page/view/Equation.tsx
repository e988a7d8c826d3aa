import { computed } from '@preact/signals';
import { memo } from 'preact/compat';
import { MAX_LENGTH } from '../state/Problem.ts';
import { withEntry } from '../state/withEntry.ts';
import { format, subscript } from './format.ts';
import { Matrix } from './Matrix.tsx';
import { NumberCell } from './NumberCell.tsx';
import { answer, focus, origin, problem, ranks } from './state.ts';
import { steady } from './steady.ts';

const range = (length: number) => Array.from({ length }, (_, i) => i);
const longest = (texts: string[]) => Math.max(5, ...texts.map((text) => text.length));

/** Room for '−12.3456', so that no result widens its cell when its sign changes. */
const RESULT = 8;
/** More characters than at the start: a tie that is snapped to has two decimals more. */
const MORE = 2;
const room = computed(
  () => MORE + longest([...origin.value.problem.W, origin.value.problem.x].flat()),
);

/** Marks what belongs to row i, or column j, of the entry of dL/dW in focus. */
const rowLit = (i: number) => computed(() => (focus.value?.row === i ? '' : undefined));
const columnLit = (j: number) => computed(() => (focus.value?.column === j ? '' : undefined));
const ROWS_LIT = range(MAX_LENGTH).map(rowLit);
const COLUMNS_LIT = range(MAX_LENGTH).map(columnLit);
/** Marks the selected rows. */
const SELECTED = range(MAX_LENGTH).map((i) =>
  computed(() => (ranks.value[i] >= 0 ? 'selected' : '')),
);

const W = computed(() => problem.value.W);
const x = computed(() => problem.value.x);
const S = steady(() => answer.value.S);
const indices = steady(() => answer.value.indices);

const Entry = memo(({ row, column, text }: { row?: number; column: number; text: string }) => (
  <NumberCell
    label={
      row === undefined
        ? `x, entry ${String(column)}`
        : `W, row ${String(row)}, column ${String(column)}`
    }
    text={text}
    onEntry={(text) => {
      problem.value = withEntry(problem.peek(), { row, column }, text);
    }}
  />
));

/** W · x = y, S · y = v and L, in reading order. A line that wraps begins with a sign. */
export function Equation() {
  return (
    <div class="equation">
      <div class="group">
        <WMatrix />
        <div class="group">
          <Sign text="·" />
          <XVector />
          <Sign text="=" />
          <YVector />
        </div>
      </div>
      <div class="group">
        <Sign text="→" />
        <Selection />
        <Sign text="·" name="y" />
        <Sign text="=" />
        <VVector />
        <div class="group">
          <Sign text="→" />
          <Loss />
        </div>
      </div>
    </div>
  );
}

const Sign = ({ text, name }: { text: string; name?: string }) => (
  <span class="sign">
    {text}
    {name !== undefined && <var> {name}</var>}
  </span>
);

function WMatrix() {
  const [n, d] = [W.value.length, W.value[0].length];
  return (
    <Matrix
      name={<var>W</var>}
      label={`W, ${String(n)} rows and ${String(d)} columns`}
      width={longest(W.value.flat())}
      room={room.value}
      columns={range(d)}
    >
      {W.value.map((row, i) => (
        <WRow key={i} i={i} row={row} />
      ))}
    </Matrix>
  );
}

const WRow = memo(({ i, row }: { i: number; row: string[] }) => (
  <tr class={SELECTED[i]} data-lit={ROWS_LIT[i]}>
    <th scope="row">{i}</th>
    {row.map((text, j) => (
      <td key={j}>
        <Entry row={i} column={j} text={text} />
      </td>
    ))}
  </tr>
));

function XVector() {
  return (
    <Matrix
      name={<var>x</var>}
      label={`x, ${String(x.value.length)} entries`}
      width={longest(x.value)}
      room={room.value}
      columns={['']}
    >
      {x.value.map((text, j) => (
        <tr key={j} data-lit={COLUMNS_LIT[j]}>
          <th scope="row">{j}</th>
          <td>
            <Entry column={j} text={text} />
          </td>
        </tr>
      ))}
    </Matrix>
  );
}

function YVector() {
  const { y } = answer.value;
  return (
    <Matrix
      name={<var>y</var>}
      label={`y = W x, ${String(y.length)} entries`}
      width={longest(y.map((entry) => format(entry)))}
      room={RESULT}
      columns={['']}
      class="result"
    >
      {y.map((entry, i) => {
        const isSelected = ranks.value[i] >= 0;
        return (
          <tr key={i} class={isSelected ? 'selected' : ''} data-lit={ROWS_LIT[i]}>
            <th scope="row">{i}</th>
            <td>
              {format(entry)}
              {isSelected && <span class="hidden"> selected</span>}
            </td>
          </tr>
        );
      })}
    </Matrix>
  );
}

function Selection() {
  const [k, n] = [S.value.length, ranks.value.length];
  return (
    <Matrix
      name={<var>S</var>}
      label={`S, the selection matrix, ${String(k)} rows and ${String(n)} columns`}
      width={1}
      columns={range(n)}
      class="result one-hot"
    >
      {S.value.map((row, r) => (
        <tr key={r} data-lit={ROWS_LIT[indices.value[r]]}>
          <th scope="row">{r}</th>
          {row.map((entry, i) => (
            <td key={i} class={entry === 1 ? 'one' : 'zero'}>
              {entry}
            </td>
          ))}
        </tr>
      ))}
      {k === 0 && <Empty />}
    </Matrix>
  );
}

function VVector() {
  const { v, indices } = answer.value;
  return (
    <Matrix
      name={<var>v</var>}
      label={`v, the ${String(v.length)} selected entries`}
      width={longest(v.map((entry) => format(entry)))}
      room={RESULT}
      columns={['']}
      class="result"
    >
      {v.map((entry, r) => (
        <tr key={r} class="selected" data-lit={ROWS_LIT[indices[r]]}>
          <th scope="row">
            <span class="origin">{subscript('y', indices[r])}</span>
          </th>
          <td>{format(entry)}</td>
        </tr>
      ))}
      {v.length === 0 && <Empty />}
    </Matrix>
  );
}

const Empty = () => (
  <tr>
    <th scope="row">–</th>
    <td class="empty">none</td>
  </tr>
);

function Loss() {
  return (
    <p class="loss">
      <span>
        <var>L</var> = Σ <var>v</var>²
      </span>
      <output>{format(answer.value.loss)}</output>
    </p>
  );
}
