import { computed } from '@preact/signals';
import { PRESETS, type Preset } from '../state/presets.ts';
import { toJson } from '../state/toJson.ts';
import { START } from '../state/PageState.ts';
import { problem, readState, writeState } from './state.ts';

const TEXTS = PRESETS.map(({ problem }) => toJson(problem));
const current = computed(() => TEXTS.indexOf(toJson(problem.value)));

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
