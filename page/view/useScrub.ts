import { useRef } from 'preact/hooks';

/** Pixels that a pointer moves before a press becomes a drag, and pixels for one step. */
const THRESHOLD = 4;
const PIXELS = 3;

interface Scrub {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: (event: PointerEvent) => void;
  onPointerCancel: (event: PointerEvent) => void;
}

/**
 * Handlers that turn a sideways drag into steps; shift makes a step ten times as large. A press without a drag
 * stays a press.
 *
 * @param begin called at the first step, and returns what each further number of steps is given to.
 */
export function useScrub(begin: () => (steps: number) => void): Scrub {
  const drag = useRef<{ x: number; move?: (steps: number) => void }>(undefined);
  const end = () => {
    if (drag.current?.move) document.documentElement.classList.remove('scrubbing');
    drag.current = undefined;
  };
  return {
    onPointerDown(event) {
      if (event.button === 0) drag.current = { x: event.clientX };
    },
    onPointerMove(event) {
      const { current } = drag;
      if (current === undefined) return;
      const distance = event.clientX - current.x;
      if (!current.move) {
        if (Math.abs(distance) < THRESHOLD) return;
        const target = event.currentTarget as HTMLElement;
        target.setPointerCapture(event.pointerId);
        target.blur();
        document.documentElement.classList.add('scrubbing');
        current.move = begin();
      }
      current.move(Math.round(distance / PIXELS) * (event.shiftKey ? 10 : 1));
      event.preventDefault();
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
