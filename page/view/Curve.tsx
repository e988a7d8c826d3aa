import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { formatDistinct } from './format.ts';
import { useWidth } from './useWidth.ts';

interface CurveProps {
  /** What the curve shows, for screen readers. */
  label: string;
  t: number[];
  /** The loss, and the parabola of the theorem. */
  loss: number[];
  parabola: number[];
  /** |t| below which both are the same; 0 at a tie. */
  radius: number;
}

const [HEIGHT, TOP, BOTTOM, LEFT, RIGHT] = [300, 26, 40, 52, 12];

/** L(W + tD) over t, with the radius as a shaded interval and the parabola as a dashed line. */
export function Curve({ label, t, loss, parabola, radius }: CurveProps) {
  const { ref, width } = useWidth();
  const [first, last] = [t[0], t[t.length - 1]];
  const [min, max] = [Math.min(...loss), Math.max(...loss)];
  const room = 0.12 * (max - min) || 1;
  const x = scaleLinear([first, last], [LEFT, width.value - RIGHT]);
  const y = scaleLinear([min - room, max + room], [HEIGHT - BOTTOM, TOP]);
  const path = (values: number[]) =>
    line<number>(
      (_, i) => x(t[i]),
      (value) => y(value),
    )(values) ?? '';
  const inside = Math.min(radius, last);
  const [xTicks, yTicks] = [x.ticks(Math.max(5, Math.floor(width.value / 110))), y.ticks(5)];
  const [xTexts, yTexts] = [xTicks, yTicks].map(formatDistinct);
  return (
    <figure class="chart" ref={ref}>
      <svg height={HEIGHT} role="img" aria-label={label}>
        <clipPath id="plot">
          <rect x={LEFT} y={TOP} width={x(last) - LEFT} height={HEIGHT - TOP - BOTTOM} />
        </clipPath>
        <rect
          class="radius"
          x={x(-inside)}
          y={TOP}
          width={Math.max(1, x(inside) - x(-inside))}
          height={HEIGHT - TOP - BOTTOM}
        />
        <text class="label" x={x(0)} y={TOP - 8} text-anchor="middle">
          {radius > 0 ? 'the same rows are selected' : 'tie'}
        </text>
        {yTicks.map((tick, i) => (
          <g key={tick}>
            <line class="grid" x1={LEFT} x2={width.value - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text class="label" x={LEFT - 8} y={y(tick)} dy="0.35em" text-anchor="end">
              {yTexts[i]}
            </text>
          </g>
        ))}
        {xTicks.map((tick, i) => (
          <text key={tick} class="label" x={x(tick)} y={HEIGHT - BOTTOM + 18} text-anchor="middle">
            {xTexts[i]}
          </text>
        ))}
        <text class="label" x={width.value - RIGHT} y={HEIGHT - 4} text-anchor="end">
          t, how far W moves →
        </text>
        <text class="label" x={0} y={TOP - 8}>
          ↑ L
        </text>
        <g clip-path="url(#plot)">
          <path class="curve" d={path(loss)} />
          <path class="parabola" d={path(parabola)} />
        </g>
        <circle class="here" cx={x(0)} cy={y(parabola[(t.length - 1) / 2])} r={5} />
      </svg>
      <figcaption class="key">
        <span class="curve">the loss L(W + tD)</span>
        <span class="parabola">the parabola that it is while the same rows are selected</span>
        <span class="inside">|t| within the radius</span>
        <span class="here">W as it is</span>
      </figcaption>
    </figure>
  );
}
