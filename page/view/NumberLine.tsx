import { useSignal } from '@preact/signals';
import { scaleLinear } from 'd3-scale';
import { toNumber } from '../../experiments/exact/formatFraction.ts';
import { moveEntryOfY } from '../state/moveEntryOfY.ts';
import { format, formatDistinct, formatShort, subscript } from './format.ts';
import { stackLevels } from './stackLevels.ts';
import { answer, certificate, focus, problem, ranks, reach } from './state.ts';
import { useWidth } from './useWidth.ts';

const RADIUS = 10;
const INSET = 24;
const STEPS: Record<string, number | undefined> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

/** y on a line: the selected entries filled, the cut, the margin, and the step of the differences. */
export function NumberLine() {
  const { ref, width } = useWidth();
  /** While a point is dragged: the ends of the line, so that it does not move, and where the point is held. */
  const held = useSignal<{ domain: [number, number]; grip: number } | undefined>(undefined);
  const { y } = answer.value;
  const domain = held.value?.domain ?? ends(y);
  const at = scaleLinear(domain, [INSET, width.value - INSET]);
  const levels = stackLevels(y.map(at), 2 * RADIUS + 2);
  const ticks = at.ticks(Math.max(3, Math.floor(width.value / 110)));
  const labels = formatDistinct(ticks);
  const line = 56 + 24 * Math.max(0, ...levels);

  const moveTo = (i: number, target: number) => {
    try {
      problem.value = moveEntryOfY(problem.peek(), i, target);
    } catch {
      // x is 0, or the number would be too large: the point stays where it is
    }
  };
  const pixelOf = (event: PointerEvent) =>
    event.clientX - (ref.current?.getBoundingClientRect().left ?? 0);
  const point = (i: number) => (
    <g
      key={i}
      role="slider"
      tabindex={0}
      class={`point ${ranks.value[i] >= 0 ? 'in' : 'out'}`}
      data-lit={focus.value?.row === i ? '' : undefined}
      aria-label={`${subscript('y', i)}, ${ranks.value[i] >= 0 ? 'selected' : 'not selected'}`}
      aria-valuemin={domain[0]}
      aria-valuemax={domain[1]}
      aria-valuenow={y[i]}
      aria-valuetext={format(y[i])}
      transform={`translate(${String(at(y[i]))} ${String(line - 24 * levels[i])})`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        held.value = { domain, grip: pixelOf(event) - at(y[i]) };
      }}
      onPointerMove={(event) => {
        if (!held.value) return;
        const pixel = pixelOf(event) - held.value.grip;
        moveTo(i, at.invert(Math.min(Math.max(pixel, 0), width.value)));
      }}
      onLostPointerCapture={() => (held.value = undefined)}
      onKeyDown={(event) => {
        const steps = STEPS[event.key];
        const end = { Home: domain[0], End: domain[1] }[event.key];
        if (end === undefined && steps === undefined) return;
        event.preventDefault();
        moveTo(i, end ?? y[i] + (steps ?? 0) * (event.shiftKey ? 0.1 : 0.01));
      }}
    >
      <circle r={RADIUS + 4} class="target" />
      <circle r={RADIUS} class="dot" />
      <text dy="0.35em" text-anchor="middle">
        {i}
      </text>
    </g>
  );
  return (
    <figure class="chart" ref={ref}>
      <svg
        height={line + 92}
        role="group"
        aria-label={`The ${String(y.length)} entries of y on a line`}
      >
        <Cut at={at} line={line} />
        <line class="axis" x1={0} x2={width.value} y1={line} y2={line} />
        {ticks.map((tick, i) => (
          <g key={tick} transform={`translate(${String(at(tick))} ${String(line + 84)})`}>
            <line class="tick" y1={-18} y2={-13} />
            <text class="label" text-anchor="middle">
              {labels[i]}
            </text>
          </g>
        ))}
        {/* In the order of the rows, not of y: Chromium keeps the old style of a node that moves as its class
            changes. */}
        {Array.from(y.keys(), point)}
      </svg>
      <figcaption class="key">
        <span class="selected">selected</span>
        {certificate.value.margin !== null && (
          <>
            <span class="cut">the cut, midway between the k-th largest entry and the next</span>
            <span class="margin">the margin between these two</span>
            <span class="band">
              how far a step h moves an entry: red where it reaches half of the margin
            </span>
          </>
        )}
      </figcaption>
    </figure>
  );
}

/** Both ends of the line: those of y, and some room. */
function ends(y: number[]): [number, number] {
  const [min, max] = [Math.min(...y), Math.max(...y)];
  const room = 0.08 * (max - min) || Math.max(0.5, Math.abs(max));
  return [min - room, max + room];
}

/** The cut between the k-th and the (k+1)-th entry, the margin, and the band that a step moves through. */
function Cut({ at, line }: { at: (value: number) => number; line: number }) {
  const { threshold, runnerUp, margin } = certificate.value;
  if (threshold === null || runnerUp === null || margin === null) return null;
  const [from, to] = [runnerUp, threshold].map(toNumber);
  const [left, right, middle] = [at(from), at(to), at((from + to) / 2)];
  const half = Math.max(1, at(reach.value) - at(0));
  const isUnsafe = reach.value >= (to - from) / 2;
  const bracket = line + 22;
  return (
    <g>
      <rect
        class={isUnsafe ? 'band unsafe' : 'band'}
        x={middle - half}
        y={line - 18}
        width={2 * half}
        height={36}
      />
      <line class="cut" x1={middle} x2={middle} y1={14} y2={line + 34} />
      <text class="label" x={middle + 8} y={14}>
        selected →
      </text>
      <text class="label" x={middle - 8} y={14} text-anchor="end">
        ← not selected
      </text>
      <path class="margin" d={`M${String(left)} ${String(bracket)}v8H${String(right)}v-8`} />
      <text class="name" x={middle} y={bracket + 26} text-anchor="middle">
        margin {formatShort(toNumber(margin))}
      </text>
    </g>
  );
}
