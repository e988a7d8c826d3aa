import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/** A ref, and the width of its element in pixels as it is now. */
export function useWidth(): { ref: { current: HTMLElement | null }; width: Signal<number> } {
  const ref = useRef<HTMLElement | null>(null);
  const width = useSignal(320);
  useEffect(() => {
    const { current } = ref;
    if (!current) return;
    const observer = new ResizeObserver(([entry]) => {
      width.value = Math.max(240, entry.contentRect.width);
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, [width]);
  return { ref, width };
}
