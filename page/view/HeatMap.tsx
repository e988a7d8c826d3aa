import { memo } from 'preact/compat';
import { format } from './format.ts';
import { focus } from './state.ts';

interface HeatMapProps {
  title: string;
  /** How far it is from the first. */
  comparison?: string;
  values: number[][];
  /** The largest absolute value of all maps on this scale. */
  scale: number;
}

/** A matrix as a table of coloured numbers. Blue is positive, orange negative; zeros are faint. */
export function HeatMap({ title, comparison, values, scale }: HeatMapProps) {
  const [n, d] = [values.length, values[0].length];
  const width = Math.max(4, ...values.flat().map((value) => format(value).length));
  const move = (event: KeyboardEvent) => {
    const { row, column } = (event.target as HTMLElement).dataset;
    const change = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[
      event.key
    ];
    if (row === undefined || column === undefined || change === undefined) return;
    const next = `[data-row="${String(Number(row) + change[0])}"][data-column="${String(Number(column) + change[1])}"]`;
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(next)?.focus();
    event.preventDefault();
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
      >
        <tbody>
          {values.map((row, i) => (
            <Row key={i} i={i} row={row} scale={scale} isFirst={i === 0} />
          ))}
        </tbody>
      </table>
      <p class="comparison">{comparison}</p>
    </figure>
  );
}

function look(target: HTMLElement): void {
  const { row, column } = target.closest<HTMLElement>('td')?.dataset ?? {};
  if (row === undefined || column === undefined) return;
  focus.value = { row: Number(row), column: Number(column) };
}

interface RowProps {
  i: number;
  row: number[];
  scale: number;
  isFirst: boolean;
}

function Row({ i, row, scale, isFirst }: RowProps) {
  return (
    <tr role="row">
      <th scope="row">{i}</th>
      {row.map((value, j) => (
        <HeatCell key={j} i={i} j={j} value={value} scale={scale} isStop={isFirst && j === 0} />
      ))}
    </tr>
  );
}

interface HeatCellProps {
  i: number;
  j: number;
  value: number;
  scale: number;
  /** Whether Tab stops here; the arrow keys reach the others. */
  isStop: boolean;
}

const HeatCell = memo(({ i, j, value, scale, isStop }: HeatCellProps) => {
  const share = scale === 0 ? 0 : Math.abs(value) / scale;
  const isLit = focus.value?.row === i && focus.value.column === j;
  return (
    <td
      role="gridcell"
      class={value > 0 ? 'positive' : value < 0 ? 'negative' : 'zero'}
      style={{ '--share': `${String(Math.round(100 * Math.min(share, 1)))}%` }}
      data-row={i}
      data-column={j}
      data-lit={isLit ? '' : undefined}
      tabIndex={isStop ? 0 : -1}
      aria-label={`row ${String(i)}, column ${String(j)}: ${format(value)}`}
    >
      {format(value)}
    </td>
  );
});
