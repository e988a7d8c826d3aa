import { computed } from '@preact/signals';
import { toNumber } from '../../experiments/exact/formatFraction.ts';
import { formatRows } from '../../experiments/exact/formatRows.ts';
import { tie, type Candidate, type Tie } from '../answer/tie.ts';
import { CandidateTable } from './CandidateTable.tsx';
import { format, formatShort } from './format.ts';
import { Segment } from './Segment.tsx';
import { settled } from './settled.ts';
import { SnapButton } from './SnapButton.tsx';

const current = computed(() => tie(settled.value.problem, settled.value.step));

/** All gradients where the k-th and the (k+1)-th entry tie. */
export function TieSection() {
  return (
    <section id="tie">
      <h2>At a tie</h2>
      {current.value ? <AtTie {...current.value} /> : <NoTie />}
    </section>
  );
}

function NoTie() {
  const { margin } = settled.value.certificate;
  if (margin === null)
    return <p class="prose">All rows are on one side, so none can tie across the cut.</p>;
  return (
    <p class="prose">
      There is no tie now: the <var>k</var>-th entry and the next differ by{' '}
      {formatShort(toNumber(margin))}. Bring them together, and the gradient becomes a set of
      gradients. <SnapButton />
    </p>
  );
}

const sumOf = ({ weights }: Candidate) => weights.reduce((sum, weight) => sum + weight, 0);

function AtTie(tie: Tie) {
  const { tied, remaining, threshold, candidates } = tie;
  if (candidates.length === 0) {
    return (
      <p class="prose">
        {capital(formatRows(tied))} tie at 0. A gradient gives each of them a share of 2<var>τ</var>{' '}
        = 0, so it does not matter which is selected: there is one gradient.
      </p>
    );
  }
  const central = candidates.find(({ name }) => name === 'central difference');
  const weight = 0.5 + settled.value.step / (4 * threshold);
  const found = central?.weights[0] ?? NaN;
  const isRounded = Math.abs(found - weight) > 1e-3 * Math.max(1, Math.abs(weight));
  return (
    <>
      <p class="prose">
        {capital(formatRows(tied))} tie at <var>τ</var> = {formatShort(threshold)}, and {remaining}{' '}
        of them {remaining === 1 ? 'is' : 'are'} selected. The loss has a kink here: each choice of{' '}
        {remaining === 1 ? 'this row' : 'these rows'} leads to a different gradient. These, and
        everything between them, are the generalized gradients (Clarke’s): each tied row gets 2
        <var>τ</var> <var>x</var>ᵀ times a weight in [0, 1], and the weights sum to {remaining}: the
        thick line.
      </p>
      <div class="beside">
        <Segment {...tie} />
        <CandidateTable
          caption="Weights of the tied rows"
          question="generalized gradient?"
          columns={['sum', ...tied.map((i) => `row ${String(i)}`)]}
          candidates={candidates.map((candidate) => ({
            ...candidate,
            numbers: [sumOf(candidate), ...candidate.weights],
          }))}
        />
      </div>
      {central && (
        <p class="prose">
          Why the central difference differs: a step that moves a tied entry up selects its row, and
          one that moves it down does not, so the difference is the mean of two slopes, one of which
          is 0. That gives each tied row the weight ½ + <var>h</var>/4<var>τ</var> ={' '}
          {formatShort(weight)}, for a step <var>h</var> of <var>y</var>. (A step <var>h</var> in
          column <var>j</var> of <var>W</var> moves <var>y</var> by <var>hxⱼ</var>.){' '}
          {isRounded && `float32 rounds the two losses, and ${formatShort(found)} is left of it. `}
          Here its weights sum to {format(sumOf(central), 3)}, and those of a gradient to{' '}
          {remaining}.{' '}
          {central.standing === 'no'
            ? ''
            : 'As half of the tied rows are selected, that is the even gradient, but for the step.'}
        </p>
      )}
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
