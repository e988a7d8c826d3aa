import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Pixels between it and the cell, and the edges of the window. */
const [GAP, MARGIN] = [4, 8];

/**
 * What is wrong with the cell that it is in, below that cell, or above where there is no room. It is a popover, so a
 * matrix that scrolls does not cut it off; a press goes through it to the cells that it covers.
 */
export function Wrong({ id, children }: { id: string; children: ComponentChildren }) {
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const { current: message } = ref;
    if (!message) return;
    (message as Partial<HTMLElement>).showPopover?.();
    let frame: number;
    const follow = () => {
      const { left, top, bottom } = (message.parentElement ?? message).getBoundingClientRect();
      const { offsetWidth: width, offsetHeight: height, style } = message;
      const { clientWidth, clientHeight } = document.documentElement;
      const isRoom = bottom + GAP + height <= clientHeight;
      style.left = `${String(Math.max(MARGIN, Math.min(left, clientWidth - width - MARGIN)))}px`;
      style.top = `${String(isRoom ? bottom + GAP : top - GAP - height)}px`;
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => {
      cancelAnimationFrame(frame);
    };
  }, []);
  return (
    <span id={id} class="wrong" role="alert" popover="manual" ref={ref}>
      {children}
    </span>
  );
}
