import { computed } from '@preact/signals';
import { PRESETS } from '../state/presets.ts';
import { toJson } from '../state/toJson.ts';
import { START } from '../state/PageState.ts';
import { leaveOut } from './leaveOut.ts';
import { origin, problem, readState } from './state.ts';
import { change } from './syncAddress.ts';

const TEXTS = PRESETS.map(({ problem }) => toJson(problem));
const current = computed(() => TEXTS.indexOf(toJson(problem.value)));

/** Sentences to start from. */
export function Presets() {
  return (
    <nav class="presets" aria-label="Examples">
      <ul>
        {PRESETS.map(({ sentence, problem, stepExponent }, i) => (
          <li key={sentence}>
            <button
              type="button"
              aria-pressed={i === current.value}
              onClick={() => {
                change({ ...readState(), problem, stepExponent });
              }}
            >
              {sentence}
            </button>
          </li>
        ))}
        <li>
          <button type="button" onClick={showExamples}>
            Two examples that both tie: the loss is smooth, but not every rule finds its gradient.
          </button>
        </li>
      </ul>
    </nav>
  );
}

function showExamples(): void {
  change({ ...readState(), batch: START.batch }, origin.value);
  leaveOut();
  document.getElementById('batch')?.scrollIntoView();
}
