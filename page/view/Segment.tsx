import { scaleLinear } from 'd3-scale';
import { symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle } from 'd3-shape';
import type { Tie } from '../answer/tie.ts';
import { useWidth } from './useWidth.ts';

const SHAPES = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond];
const PLACES = { yes: 'in', nearly: 'near', no: 'outside' };
const [TOP, BOTTOM, LEFT] = [28, 46, 44];
const MAX_SIZE = 420;

/**
 * The gradients at a tie as a segment: the weight of the first tied row against that of the others, which sum to r;
 * and what different methods return.
 */
export function Segment({ tied, remaining, candidates }: Tie) {
  const { ref, width } = useWidth();
  const others = tied.length - 1;
  const size = Math.min(MAX_SIZE, width.value - LEFT - 16);
  const x = scaleLinear([-0.1, 1.2], [LEFT, LEFT + size]);
  const y = scaleLinear([-0.1 * others, 1.2 * others], [TOP + 0.72 * size, TOP]);
  const [from, to] = [Math.max(0, remaining - others), Math.min(1, remaining)];
  const ticks = (max: number) =>
    max > 4 ? [0, max] : Array.from({ length: max + 1 }, (_, i) => i);
  const bottom = y(-0.1 * others);
  return (
    <figure class="chart" ref={ref}>
      <svg
        height={bottom + BOTTOM}
        role="img"
        aria-label={`The set of gradients at the tie, and ${candidates
          .map(({ name, standing }) => `${name} ${PLACES[standing]} it`)
          .join(', ')}`}
      >
        {ticks(1).map((tick) => (
          <g key={tick}>
            <line class="grid" x1={x(tick)} x2={x(tick)} y1={TOP} y2={bottom} />
            <text class="label" x={x(tick)} y={bottom + 18} text-anchor="middle">
              {tick}
            </text>
          </g>
        ))}
        {ticks(others).map((tick) => (
          <g key={tick}>
            <line class="grid" x1={LEFT} x2={LEFT + size} y1={y(tick)} y2={y(tick)} />
            <text class="label" x={LEFT - 8} y={y(tick)} dy="0.35em" text-anchor="end">
              {tick}
            </text>
          </g>
        ))}
        <text class="label" x={LEFT + size} y={bottom + 38} text-anchor="end">
          weight of row {tied[0]} →
        </text>
        <text class="label" x={0} y={TOP - 10}>
          ↑ weight of the other tied rows, in all
        </text>
        <line
          class="segment"
          x1={x(from)}
          y1={y(remaining - from)}
          x2={x(to)}
          y2={y(remaining - to)}
        />
        {candidates.map(({ name, weights: [first, ...rest], standing }, i) => {
          const up = rest.reduce((sum, weight) => sum + weight, 0);
          return (
            <g
              key={name}
              class={standing === 'yes' ? 'mark in' : 'mark out'}
              transform={`translate(${String(x(first))} ${String(y(up))})`}
            >
              <path d={symbol(SHAPES[i], 130)() ?? ''} />
              <text x={12} dy={name === 'even' ? '1.2em' : '-0.5em'}>
                {name}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
