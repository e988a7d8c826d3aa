import { computed } from '@preact/signals';
import { PRESETS, type Preset } from '../state/presets.ts';
import { toJson } from '../state/toJson.ts';
import { START } from '../state/PageState.ts';
import { examples, problem, readState, writeState } from './state.ts';

const TEXTS = PRESETS.map(({ problem }) => toJson(problem));
/** Whether the two examples are those of the preset on them. */
const areAtStart = computed(() => JSON.stringify(examples.value) === JSON.stringify(START.batch));
const current = computed(() => {
  const i = TEXTS.indexOf(toJson(problem.value));
  const isAsGiven = PRESETS.at(i)?.section !== 'batch' || areAtStart.value;
  return isAsGiven ? i : -1;
});

/** Sentences to start from. */
export function Presets() {
  return (
    <nav class="presets" aria-label="Examples">
      <ul>
        {PRESETS.map((preset, i) => (
          <li key={preset.sentence}>
            <button
              type="button"
              aria-pressed={i === current.value}
              onClick={() => {
                show(preset);
              }}
            >
              {preset.sentence}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function show({ problem, stepExponent, section }: Preset): void {
  const state = { ...readState(), problem, stepExponent };
  writeState(section === 'batch' ? { ...state, batch: START.batch } : state);
  if (section === 'batch') document.getElementById(section)?.scrollIntoView();
}
