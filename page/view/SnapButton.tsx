import { snapToTie } from '../state/snapToTie.ts';
import { Button } from './Button.tsx';
import { margin, problem } from './state.ts';

/** Brings the k-th and the (k+1)-th entry of y together. */
export const SnapButton = () => (
  <Button
    isDisabled={margin.value === 0 || margin.value === Infinity}
    onPress={() => {
      problem.value = snapToTie(problem.value);
    }}
  >
    Snap to a tie
  </Button>
);
