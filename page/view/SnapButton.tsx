import { snapToTie } from '../state/snapToTie.ts';
import { Button } from './Button.tsx';
import { margin, origin, problem, readState } from './state.ts';
import { change } from './syncAddress.ts';

/** Brings the k-th and the (k+1)-th entry of y together. */
export const SnapButton = () => (
  <Button
    isDisabled={margin.value === 0 || margin.value === Infinity}
    onPress={() => {
      change({ ...readState(), problem: snapToTie(problem.value) }, origin.value);
    }}
  >
    Snap to a tie
  </Button>
);
