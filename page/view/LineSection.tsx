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
        at a tie some of those on it. Drag a point: its row of <var>W</var> follows, changing as
        little as possible. <SnapButton />
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
  const moves = `A step of the differences moves one entry of y by up to h · max |x| = ${formatShort(reach.value)}, up or down: the band.`;
  const off = formatShort(answer.value.differences.central);
  if (reach.value === 0) return <>x is 0, so nothing moves an entry of y: no step, and no drag.</>;
  if (margin.value === 0) {
    return (
      <>
        {moves} At a tie the tied entries are on the cut. Of the steps that move one up and down,
        one changes which of them are selected, however small it is: the differences are up to {off}{' '}
        from what topk returns.
      </>
    );
  }
  if (reach.value < margin.value / 2) {
    return (
      <>
        {moves} That is less than half of the margin, {formatShort(margin.value / 2)}, which is how
        far the entries next to the cut are from it. So no step takes an entry to the cut, and the
        differences are off by rounding alone: {off} at most.
      </>
    );
  }
  if (reach.value <= margin.value) {
    return (
      <>
        {moves} That is half of the margin, {formatShort(margin.value / 2)}, or more: if both
        entries next to the cut moved so far, they would meet or pass each other. A difference moves
        one at a time, and none gets past the next yet, so the differences are still off by rounding
        alone: {off} at most.
      </>
    );
  }
  return (
    <>
      {moves} That exceeds the margin, {formatShort(margin.value)}: a step takes an entry past the
      next, and selects another row. The differences are off by up to {off}.
    </>
  );
}
