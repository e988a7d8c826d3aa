import { formatShort } from './format.ts';
import { NumberLine } from './NumberLine.tsx';
import { SnapButton } from './SnapButton.tsx';
import { StepSlider } from './StepSlider.tsx';
import { answer, margin, problem, reach } from './state.ts';

/** The entries of y on a line, the cut, and how far the step of the differences reaches. */
export function LineSection() {
  const { W, k } = problem.value;
  return (
    <section id="line">
      <h2>The cut</h2>
      <p class="prose">
        The <var>k</var> largest entries of <var>y</var> are selected: those right of the cut, and
        at a tie some of those on it. Drag a point: its row of <var>W</var> moves along, by the
        shortest way. <SnapButton />
      </p>
      <NumberLine />
      <p class="remark" role="status">
        {k === 0 || k === W.length ? 'All rows are on one side: there is no cut.' : <StepRemark />}
      </p>
      <StepSlider />
    </section>
  );
}

function StepRemark() {
  const moves = `A step of the differences moves one entry of y by up to h · max |x| = ${formatShort(reach.value)}: the band.`;
  const off = formatShort(answer.value.differences.central, 2);
  if (margin.value === 0) {
    return (
      <>
        {moves} At a tie every step that moves a tied entry takes it across the cut, however small
        it is: the differences are up to {off} from what topk returns.
      </>
    );
  }
  if (reach.value < margin.value / 2) {
    return (
      <>
        {moves} It is narrower than half of the margin, {formatShort(margin.value / 2)}, which is
        how far the entries next to the cut are from it. So no step takes an entry to the cut, and
        the differences are right up to rounding, {off}.
      </>
    );
  }
  return (
    <>
      {moves} It reaches half of the margin, {formatShort(margin.value / 2)}, which is how far the
      entries next to the cut are from it
      {reach.value > margin.value
        ? ', and exceeds the whole margin: a step takes an entry past the next, and selects another row.'
        : ': a step takes an entry across the cut, though not yet past the next entry.'}{' '}
      The differences are off by up to {off}.
    </>
  );
}
