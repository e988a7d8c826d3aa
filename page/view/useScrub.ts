import { useRef } from 'preact/hooks';

/** Pixels that a pointer moves before a press becomes a drag, and pixels for one step. */
const THRESHOLD = 4;
const PIXELS = 3;

interface Scrub {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onLostPointerCapture: () => void;
  onPointerCancel: () => void;
  onDragStart: (event: Event) => void;
}

/**
 * Handlers that turn a sideways drag into steps; shift makes a step ten times as large. A press without a drag
 * stays a press. A drag that the browser takes over, to scroll, is undone.
 *
 * @param begin called at the first step, and returns what each further number of steps is given to.
 */
export function useScrub(begin: () => (steps: number) => void): Scrub {
  const drag = useRef<{ x: number; y: number; move?: (steps: number) => void }>(undefined);
  const end = () => {
    if (drag.current?.move) document.documentElement.classList.remove('scrubbing');
    drag.current = undefined;
  };
  return {
    onPointerDown(event) {
      if (event.button !== 0) return;
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      drag.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove(event) {
      const { current } = drag;
      if (current === undefined) return;
      const distance = event.clientX - current.x;
      if (!current.move) {
        const isSideways = Math.abs(distance) > Math.abs(event.clientY - current.y);
        if (Math.abs(distance) < THRESHOLD || !isSideways) return;
        (event.currentTarget as HTMLElement).blur();
        document.documentElement.classList.add('scrubbing');
        current.move = begin();
      }
      current.move(Math.round(distance / PIXELS) * (event.shiftKey ? 10 : 1));
      event.preventDefault();
    },
    onLostPointerCapture: end, // also after the pointer is released, wherever that is
    onPointerCancel() {
      drag.current?.move?.(0);
    },
    onDragStart(event) {
      event.preventDefault(); // of selected text, which would end the pointer's drag
    },
  };
}
