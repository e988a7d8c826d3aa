import { computed } from '@preact/signals';
import { memo } from 'preact/compat';
import { MAX_LENGTH } from '../state/Problem.ts';
import { format } from './format.ts';
import { focus, type Focus } from './state.ts';

interface HeatMapProps {
  title: string;
  /** By which method the values are found. */
  method?: Focus['method'];
  /** How far it is from the first. */
  comparison?: string;
  values: number[][];
  /** What they should be: entries that are off by more than `OFF` of the scale are outlined. */
  against?: number[][];
  /** The largest absolute value of all maps on this scale. */
  scale: number;
  /** Whether what float32 would lose beside the largest is as good as nothing: '≈ 0'. */
  roundsSmall?: boolean;
}

/** What is off by more of the largest entry than this is seen to be wrong. */
export const OFF = 0.01;

/** Marks the entry in focus, in each map. */
const LIT = Array.from({ length: MAX_LENGTH ** 2 }, (_, place) =>
  computed(() => {
    const { row = -1, column = 0 } = focus.value ?? {};
    return row * MAX_LENGTH + column === place ? '' : undefined;
  }),
);

/** A matrix as a table of coloured numbers. Blue is positive, orange negative; zeros are faint. */
export function HeatMap(props: HeatMapProps) {
  const { title, method, comparison, values, against = values, scale, roundsSmall = false } = props;
  const cells = values.map((row, i) =>
    row.map((value, j) => ({
      ...cellOf(value, scale, roundsSmall),
      isOff: Math.abs(value - against[i][j]) > OFF * scale,
    })),
  );
  const [n, d] = [values.length, values[0].length];
  const width = Math.max(6, ...cells.flat().map(({ text }) => text.length));
  const move = (event: KeyboardEvent) => {
    const { row, column } = (event.target as HTMLElement).dataset;
    const [i, j] = [Number(row), Number(column)];
    const place = {
      ArrowUp: [i - 1, j],
      ArrowDown: [i + 1, j],
      ArrowLeft: [i, j - 1],
      ArrowRight: [i, j + 1],
      Home: [i, 0],
      End: [i, d - 1],
    }[event.key];
    if (row === undefined || place === undefined) return;
    const next = `[data-row="${String(place[0])}"][data-column="${String(place[1])}"]`;
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(next)?.focus();
    event.preventDefault();
  };
  /** Marks what belongs to the entry that an element is in; nothing if it is in none. */
  const look = (target: HTMLElement | null) => {
    const { row, column } = target?.closest<HTMLElement>('td')?.dataset ?? {};
    const isEntry = row !== undefined && column !== undefined;
    focus.value = isEntry ? { row: Number(row), column: Number(column), method } : undefined;
  };
  return (
    <figure class="map" style={{ '--chars': String(width) }}>
      <figcaption>
        <strong>{title}</strong>
      </figcaption>
      <table
        role="grid"
        aria-label={`dL/dW ${title}, ${String(n)} rows and ${String(d)} columns`}
        onKeyDown={move}
        onPointerOver={({ target }) => {
          look(target as HTMLElement);
        }}
        onFocusIn={({ target }) => {
          look(target as HTMLElement);
        }}
        onPointerLeave={({ currentTarget }) => {
          look(currentTarget.querySelector('td:focus'));
        }}
        onFocusOut={() => {
          look(null);
        }}
      >
        <tbody>
          {cells.map((row, i) => (
            <Row key={i} i={i} cells={row} />
          ))}
        </tbody>
      </table>
      <p class="comparison">{comparison}</p>
    </figure>
  );
}

interface CellLook {
  text: string;
  isOff: boolean;
  sign: 'positive' | 'negative' | 'zero';
  /** How strong its colour is, in whole per cent. */
  share: number;
}

function cellOf(value: number, scale: number, roundsSmall: boolean): Omit<CellLook, 'isOff'> {
  return {
    text: format(value, 4, roundsSmall ? scale : 0),
    sign: value > 0 ? 'positive' : value < 0 ? 'negative' : 'zero',
    share: Math.round(100 * Math.min(Math.abs(value) / (scale || 1), 1)),
  };
}

interface CellProps extends CellLook {
  i: number;
  j: number;
}

const Cell = memo(({ i, j, text, isOff, sign, share }: CellProps) => (
  <td
    role="gridcell"
    class={isOff ? `${sign} off` : sign}
    style={{ '--share': `${String(share)}%` }}
    data-row={i}
    data-column={j}
    data-lit={LIT[i * MAX_LENGTH + j]}
    tabIndex={i + j === 0 ? 0 : -1} // Tab stops at the first; the arrow keys reach the others
    aria-label={`row ${String(i)}, column ${String(j)}: ${text}${isOff ? ', wrong' : ''}`}
  >
    {text}
  </td>
));

interface RowProps {
  i: number;
  cells: CellLook[];
}

const Row = memo(
  ({ i, cells }: RowProps) => (
    <tr role="row">
      <th scope="row">{i}</th>
      {cells.map((cell, j) => (
        <Cell key={j} i={i} j={j} {...cell} />
      ))}
    </tr>
  ),
  (before, { cells }) =>
    cells.length === before.cells.length && cells.every((cell, j) => isSame(cell, before.cells[j])),
);

const isSame = (a: CellLook, b: CellLook) =>
  a.text === b.text && a.isOff === b.isOff && a.sign === b.sign && a.share === b.share;
