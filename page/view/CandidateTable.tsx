import type { ComponentChildren } from 'preact';
import type { Cause } from '../answer/causeOf.ts';
import type { Standing } from '../answer/standing.ts';
import { format } from './format.ts';

interface CandidateTableProps {
  caption: string;
  /** What is answered of each: 'generalized gradient?'. */
  question: string;
  columns: ComponentChildren[];
  /** What each method returns, whether it is that, and why it is not. */
  candidates: { name: string; numbers: number[]; standing: Standing; cause?: Cause }[];
}

/** What each method gives to rows that tie: what a gradient gives to those that are selected. */
const MEANINGS: Record<string, ComponentChildren> = {
  first: 'the tied rows with the lowest indices take it all, as by topk unless told otherwise.',
  even: (
    <>
      the tied rows share it evenly: topk with <code>tieGradient: 'even'</code>.
    </>
  ),
  'central difference': 'a step up and a step down, so the mean of the slopes on both sides.',
  'tf.max': 'tfjs’s own maximum: each of the tied rows takes it all.',
};

const ANSWERS: Record<Standing, string> = {
  yes: '✓ yes',
  nearly: '≈ even, off by the step',
  no: '✗ no',
};

const CAUSES: Record<Cause, string> = { step: 'the step', rounding: 'rounding' };

/** What different methods return, which of it is a gradient, or a generalized one, and what the methods are. */
export function CandidateTable({ caption, question, columns, candidates }: CandidateTableProps) {
  return (
    <div class="candidates">
      <div class="scrolls" tabIndex={0} role="region" aria-label={caption}>
        <table class="weights">
          <caption>{caption}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">{question}</th>
              {columns.map((column, i) => (
                <th key={i} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {candidates.map(({ name, numbers, standing, cause }) => (
              <tr key={name} class={standing}>
                <th scope="row">{name}</th>
                <td class="answer">
                  {ANSWERS[standing]}
                  {standing === 'no' && cause && `, off by ${CAUSES[cause]}`}
                </td>
                {numbers.map((number, i) => (
                  <td key={i}>{format(number, 3)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <dl class="methods">
        {candidates.map(({ name }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{MEANINGS[name]}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
