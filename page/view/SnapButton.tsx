import { computed } from '@preact/signals';
import { snapToTie } from '../state/snapToTie.ts';
import { certificate, problem } from './state.ts';

const isDisabled = computed(() => {
  const { margin } = certificate.value;
  return margin === null || margin.n === 0n;
});

/** Brings the k-th and the (k+1)-th entry of y together. */
export const SnapButton = () => (
  <button
    type="button"
    disabled={isDisabled}
    onClick={() => {
      problem.value = snapToTie(problem.value);
    }}
  >
    Snap to a tie
  </button>
);
