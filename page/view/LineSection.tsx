import { toNumber } from '../../experiments/exact/formatFraction.ts';
import { snapToTie } from '../state/snapToTie.ts';
import { formatShort } from './format.ts';
import { NumberLine } from './NumberLine.tsx';
import { StepSlider } from './StepSlider.tsx';
import { answer, certificate, numbers, problem, step } from './state.ts';

/** The entries of y on a line, the cut, and how far the step of the differences reaches. */
export function LineSection() {
  const { margin } = certificate.value;
  const { W, k } = problem.value;
  return (
    <section id="line">
      <h2>The cut</h2>
      <p class="prose">
        The <var>k</var> largest entries of <var>y</var> are selected. Drag a point: its row of{' '}
        <var>W</var> moves along, by the shortest way.{' '}
        <button
          type="button"
          disabled={margin === null || margin.n === 0n}
          onClick={() => {
            problem.value = snapToTie(problem.value);
          }}
        >
          Snap to a tie
        </button>
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
  const { margin: exact } = certificate.value;
  const margin = exact === null ? 0 : toNumber(exact);
  const reach = step.value * Math.max(...numbers.value.x.map(Math.abs));
  const moves = `A difference with step h moves one entry of y by up to h · max |x| = ${formatShort(reach)}.`;
  const off = formatShort(answer.value.differences.central, 2);
  if (margin === 0) {
    return (
      <>
        {moves} At a tie every step crosses the cut: the differences are off by up to {off}.
      </>
    );
  }
  if (reach < margin / 2) {
    return (
      <>
        {moves} That is below half of the margin, {formatShort(margin / 2)}, so no step crosses the
        cut, and the differences are right up to rounding, {off}.
      </>
    );
  }
  return (
    <>
      {moves} That reaches half of the margin, {formatShort(margin / 2)}, so that it is not safe
      {reach > margin ? ', and it exceeds the margin: some steps select another row' : ''}. The
      differences are off by up to {off}.
    </>
  );
}
